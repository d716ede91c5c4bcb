import type { Fact, LinkFact } from '../../../shared/intent/fact.ts'
import { isJsonObject, isSaid, shapeBy, under, unknownFields, wrongRoot } from '../kit/shape.ts'
import { networkInfo, READINGS } from './wire.ts'

const FIELDS: ReadonlySet<string> = new Set(Object.keys(networkInfo.shape))

/** Longest address that a sentence repeats, characters. */
const LONGEST_SHOWN = 120

/** What the gateway says about itself; `expected` is the deposit address that should have stood there. */
export function networkFacts(body: unknown, expected: string | null): Fact[] {
  if (!isJsonObject(body)) return under('body', [wrongRoot(body)])
  const { value, problems } = shapeBy(networkInfo, body, [])
  const wrong = under('body', problems)
  const drift = unknownFields(READINGS.network, body, FIELDS)
  const { spark, execution, paused, minDepositSats } = value ?? {}
  const parts = [
    isSaid(spark?.network) ? `Spark ${shown(spark.network)}` : '',
    isSaid(execution?.chainId) ? `chain ${execution.chainId}` : '',
    isSaid(execution?.contractAddress) ? `contract ${shown(execution.contractAddress)}` : '',
    isSaid(spark?.depositAddress) ? `deposits to ${shown(spark.depositAddress)}` : '',
    isSaid(minDepositSats) ? `at least ${minDepositSats} sats (advisory)` : '',
    isSaid(paused) ? (paused ? 'paused (advisory)' : 'not paused') : '',
  ].filter((part) => part !== '')
  const facts: Fact[] = [link('network', `The gateway: ${parts.join(', ') || 'says nothing of itself'}.`)]
  if (expected !== null)
    facts.push(link('depositAddressChanged', addressAlarm(expected, spark?.depositAddress)))
  return [...facts, ...wrong, ...drift]
}

/** What a changed deposit address means, one sentence. */
export function addressAlarm(expected: string, found: string | null | undefined): string {
  const now = isSaid(found) ? `is ${shown(found)} now` : 'is not given any more'
  return `The deposit address was ${shown(expected)} and ${now}: the gateway has new keys, or somebody stands in between.`
}

/** A word about the link. */
export function link(kind: string, text: string): LinkFact {
  return { about: 'link', kind, atMs: null, text }
}

function shown(text: string): string {
  return text.slice(0, LONGEST_SHOWN)
}
