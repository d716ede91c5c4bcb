import type { Deadline } from '../../../shared/intent/deadline.ts'
import type { Fact, Learned, Parts } from '../../../shared/intent/fact.ts'
import type { Alias, Mention } from '../../../shared/intent/ids.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { strangeTimes, unknownWord } from '../kit/drift.ts'
import { factKey } from '../kit/factKey.ts'
import { intentFact } from '../kit/intentFact.ts'
import { isSaid, shapeBy, unknownFields, type JsonObject } from '../kit/shape.ts'
import { instantOf } from '../kit/wireValues.ts'
import { depositsOf } from './deposits.ts'
import { readRevert } from './revert.ts'
import { readStatusMessage, type Cause } from './statusMessage.ts'
import { claimOfStatus, isFailureWord } from './vocabulary.ts'
import { submissionReading, type SubmissionReading } from './wire.ts'

const FIELDS: ReadonlySet<string> = new Set(Object.keys(submissionReading.shape))

/** Longest message that a panel repeats, characters; the journal has the whole. */
const LONGEST_MESSAGE = 2_000

/** What was asked, beside the body that answered it. */
export interface Asked {
  requestedId: string
  chainId: number | null
}

/** What one submission as it was read means. */
export function submissionFacts(event: RawEvent, body: JsonObject, asked: Asked): Fact[] {
  const { value, problems } = shapeBy(submissionReading, body, ['submissionId', 'intentId', 'status'])
  if (value === null) return problems
  const { createdAt, updatedAt, expiresAt } = value
  const instants = instantsOf(value)
  const drift = strangeTimes(event.kind, { createdAt, updatedAt, expiresAt })
  const { deposits, problems: wrongDeposits } = depositsOf(value.deposits)
  const cause = isSaid(value.statusMessage) ? readStatusMessage(value.statusMessage) : null
  const claim = claimOfStatus(value.status, isInTime(value, instants, cause))
  const learned = learnedOf(value, instants, { cause, deposits, chainId: asked.chainId })
  const aliases = aliasesOf(value, asked.requestedId)
  const atMs = instants.updatedAt ?? instants.createdAt
  const fact = intentFact({
    kind: 'statusClaimed',
    aliases,
    key: factKey('status', [aliases, value.status, atMs ?? event.receivedAtMs, learned]),
    mentions: mentionsOf(learned, deposits),
    atMs,
    claim,
    learned,
  })
  if (claim.rank === 1 && atMs !== null && atMs === instants.createdAt) fact.kind = 'received'
  if (claim.rank === null) {
    fact.flags.push('unknown-status')
    drift.push(unknownWord(`${event.kind}.status`, claim.status))
  }
  const wrong = [...problems, ...wrongDeposits]
  if (wrong.length > 0) fact.flags.push('quarantined')
  return [fact, ...wrong, ...unknownFields(event.kind, body, FIELDS), ...drift]
}

/** The submission under the name that was asked for comes first: it is the one by which it can be read again. */
function aliasesOf(value: SubmissionReading, requestedId: string): Alias[] {
  const aliases: Alias[] = [{ kind: 'submissionId', value: requestedId }]
  const { submissionId, intentId } = value
  if (isSaid(submissionId) && submissionId.toLowerCase() !== requestedId.toLowerCase())
    aliases.push({ kind: 'submissionId', value: submissionId })
  if (isSaid(intentId)) aliases.push({ kind: 'intentId', value: intentId })
  return aliases
}

type Instants = Record<'createdAt' | 'updatedAt' | 'expiresAt', number | null>

function instantsOf({ createdAt, updatedAt, expiresAt }: SubmissionReading): Instants {
  return {
    createdAt: instantOf(createdAt),
    updatedAt: instantOf(updatedAt),
    expiresAt: instantOf(expiresAt),
  }
}

/** Whether it ended before its deadline: by the deadline where one is known, else by what the message says. */
function isInTime(
  value: SubmissionReading,
  { expiresAt, updatedAt }: Instants,
  cause: Cause | null,
): boolean {
  if (cause?.kind === 'reverted') return true
  if (expiresAt !== null && updatedAt !== null) return updatedAt < expiresAt
  if (cause === null) return value.status.toUpperCase() === 'REJECTED'
  return cause.kind !== 'deadline'
}

function learnedOf(
  value: SubmissionReading,
  instants: Instants,
  known: { cause: Cause | null; deposits: Parts[string]; chainId: number | null },
): Learned {
  const { cause, deposits, chainId } = known
  const learned: Learned = {}
  if (instants.createdAt !== null) learned.createdAtMs = instants.createdAt
  // The transfers to the gateway's custody are made before a submission that spends them, so that funds are or may be in
  // custody from the first word on, unless it is said that there are no deposits. Only `FINALIZED` shows that they left.
  const hasNone = Array.isArray(value.deposits) && value.deposits.length === 0
  if (!hasNone) learned.fundsLocked = { atMs: instants.createdAt }
  const deadlines: Deadline[] =
    instants.expiresAt === null ? [] : [{ kind: 'intentDeadline', atMs: instants.expiresAt }]
  if (deadlines.length > 0) learned.deadlines = deadlines
  const hash = value.executionTxHash ?? cause?.values['tx_hash']
  if (isSaid(hash) && isHash(hash)) learned.transactions = [{ label: 'execution', chainId, hash }]
  const parts: Parts = {}
  if (Object.keys(deposits).length > 0) parts['deposits'] = deposits
  if (isSaid(value.statusMessage) && value.statusMessage !== '') {
    const message = value.statusMessage.slice(0, LONGEST_MESSAGE)
    if (isFailureWord(value.status)) learned.failures = { statusMessage: message }
    else learned.details = { statusMessage: message }
  }
  if (cause !== null) parts['cause'] = { status: causeFields(cause) }
  if (Object.keys(parts).length > 0) learned.parts = parts
  return learned
}

function causeFields({ kind, values }: Cause): Record<string, string> {
  const fields: Record<string, string> = { kind }
  for (const key of ['stage', 'outcome', 'intent_index', 'gas_used', 'tx_hash']) {
    const said = values[key]
    if (said !== undefined) fields[key] = said.slice(0, 100)
  }
  const revert = readRevert(values['output'] ?? '')
  if (revert !== null) {
    fields['selector'] = revert.selector
    fields['revert'] = revert.text
  }
  return fields
}

function mentionsOf(learned: Learned, deposits: Parts[string]): Mention[] {
  const transactions = (learned.transactions ?? []).map(({ hash }) => ({ kind: 'transaction', value: hash }))
  const transfers = Object.values(deposits).map((fields) => ({
    kind: 'sparkTransfer',
    value: fields['transferId'] ?? '',
  }))
  return [...transactions, ...transfers]
}

function isHash(text: string): boolean {
  return /^(?:0x)?[0-9a-f]{64}$/i.test(text)
}
