import type { Fact, Learned } from '../../../shared/intent/fact.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { factKey } from '../kit/factKey.ts'
import { isSaid, shapeBy, unknownFields, type JsonObject } from '../kit/shape.ts'
import { digitsOf } from '../kit/wireValues.ts'
import { orderFact } from './facts.ts'
import { mentionsOf, timelocksPart } from './order.ts'
import { timelocksOf } from './timelocks.ts'
import { publicSecret } from './wire.ts'

const SECRET_FIELDS: ReadonlySet<string> = new Set(Object.keys(publicSecret.shape))

/**
 * What it means that a secret is public: both escrows stand, and the payout can be made. The secret itself was redacted
 * before the event was kept. A push says when; an answer says only that it is so.
 */
export function secretFacts(event: RawEvent, frame: JsonObject, { isPushed }: { isPushed: boolean }): Fact[] {
  const { value, problems } = shapeBy(publicSecret, frame, ['srcImmutables', 'idx'])
  if (value === null) return problems
  const { idx, srcImmutables, dstImmutables } = value
  const { orderHash, hashlock, taker } = srcImmutables
  const sourceMs = deployedAtMs(srcImmutables.timelocks)
  const destinationMs = deployedAtMs(dstImmutables?.timelocks)
  const fields = {
    ...(isSaid(hashlock) ? { hashlock } : {}),
    ...(isPushed ? { sharedAtMs: String(event.receivedAtMs) } : {}),
    ...(sourceMs === null ? {} : { sourceDeployedAtMs: String(sourceMs) }),
    ...(destinationMs === null ? {} : { destinationDeployedAtMs: String(destinationMs) }),
  }
  const timelocks = timelocksPart(srcImmutables.timelocks)
  const secrets = { [String(idx)]: fields }
  const learned: Learned = {
    parts: timelocks === null ? { secrets } : { secrets, timelocks },
    fundsLocked: { atMs: sourceMs },
  }
  if (isSaid(taker)) learned.solver = taker
  const fact = orderFact({
    orderHash,
    kind: isPushed ? 'secretShared' : 'secretPublished',
    learned,
    mentions: mentionsOf({ solver: taker, hashlock, maker: srcImmutables.maker }),
    key: factKey('secret', [orderHash, String(idx), hashlock ?? null, isPushed]),
  })
  if (problems.length > 0) fact.flags.push('quarantined')
  return [fact, ...problems, ...unknownFields(event.kind, frame, SECRET_FIELDS)]
}

function deployedAtMs(packed: unknown): number | null {
  const text = digitsOf(packed)
  return text === null ? null : (timelocksOf(text)?.deployedAtMs ?? null)
}
