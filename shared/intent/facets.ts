import { formatUnits, type Leg } from './amount.ts'
import type { Intent } from './intent.ts'
import { remarksOf } from './remarks.ts'
import { formatInstant } from './time.ts'

/** Everything that an entry of the timeline may change, field by field in words, with exact values; unknown ones are absent. */
export function facetsOf(intent: Intent): Map<string, string> {
  const facets = new Map<string, string>()
  const put = (field: string, value: string | null): void => {
    const others = facets.get(field)
    if (value !== null && value !== '')
      facets.set(field, others === undefined ? value : `${others}, ${value}`)
  }
  put('status', intent.status)
  put('proof status', intent.proofStatus)
  put('maker', intent.maker)
  put('solver', intent.solver)
  putLeg(put, 'source', intent.source)
  putLeg(put, 'destination', intent.destination)
  put('funds locked', instantOrNull(intent.fundsLockedAtMs))
  put('funds released', instantOrNull(intent.fundsReleasedAtMs))
  put('money at risk', intent.moneyAtRisk ? 'yes' : null)
  put('no longer listed', intent.isRemoved ? 'yes' : null)
  put('not found', intent.isNotFound ? 'yes' : null)
  for (const { kind, atMs } of intent.deadlines) put(`deadline ${kind}`, instantOrNull(atMs))
  for (const { label, hash } of intent.transactions) put(`transaction ${label}`, hash)
  for (const [field, text] of Object.entries(intent.failures)) put(field, text)
  for (const [label, text] of Object.entries(intent.details)) put(label, text)
  put('tags', remarksOf(intent).tags.join(', '))
  for (const { kind, value } of intent.aliases) put(kind, value)
  return facets
}

function putLeg(put: (field: string, value: string | null) => void, side: string, leg: Leg): void {
  const { chainId, token, amount } = leg
  put(`${side} chain`, chainId?.toString() ?? null)
  put(`${side} token`, token)
  if (amount === null) return
  const unit = amount.decimals === null ? 'base units' : (amount.symbol ?? '')
  put(`${side} amount`, `${formatUnits(amount.amountRaw, amount.decimals)} ${unit}`.trim())
}

function instantOrNull(atMs: number | null): string | null {
  return atMs === null ? null : formatInstant(atMs, 'utc', atMs)
}
