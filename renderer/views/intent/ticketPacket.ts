import type { IntentDetail, TimelineEntry } from '../../../shared/api/row.ts'
import { formatAmount, type Leg } from '../../../shared/intent/amount.ts'
import { deadlineWords } from '../../../shared/intent/deadline.ts'
import { entryTitle, explain, type Explanation } from '../../../shared/intent/explain.ts'
import { formatCountdown, formatDuration, formatInstant } from '../../../shared/intent/time.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { gapReason, skewOf } from '../../parts/timelineLayout.ts'
import { chainWords } from './chainWords.ts'
import { panelLines } from './panels/panelText.ts'

/** What a packet is made of. */
export interface TicketInput {
  intent: IntentDetail
  vocabulary: Vocabulary
  systemLabel: string
  nowMs: number
}

/** All that a ticket needs to know about one intent, as plain text: whole ids, the state in words, the timeline in UTC. */
export function ticketPacket(input: TicketInput): string {
  const { intent, vocabulary, nowMs } = input
  const explanation = explain(intent, vocabulary, nowMs)
  return [
    explanation.headline,
    '',
    ...explanation.sentences,
    nextLine(explanation, nowMs),
    ...section('What it is', identityLines(input)),
    ...section('Deadlines', deadlineLines(intent, nowMs)),
    ...section('Transactions', transactionLines(intent, vocabulary)),
    ...intent.panels.flatMap((panel) => section(panel.title, panelLines(panel, nowMs))),
    ...section('Answers that disagree', contradictionLines(intent)),
    ...section("Timeline (UTC, the system's time where it gave one)", timelineLines(input)),
    '',
    `As the Intent Console knew it at ${utc(nowMs)}.`,
  ].join('\n')
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

function identityLines({ intent, vocabulary, systemLabel }: TicketInput): string[] {
  return [
    `System: ${systemLabel}, connection ${intent.connection}`,
    ...intent.aliases.map(({ kind, value }) => `${wordsOfName(kind)}: ${value}`),
    `Status: ${intent.status === '' ? 'none yet' : intent.status} (${intent.phase})`,
    `Gives: ${legWords(intent.source, vocabulary)}`,
    `Receives: ${legWords(intent.destination, vocabulary)}`,
    `Maker: ${intent.maker ?? 'not known'}`,
    `Solver: ${intent.solver ?? 'not known'}`,
    `Created: ${utc(intent.createdAtMs)}`,
  ]
}

function legWords({ amount, token, chainId }: Leg, vocabulary: Vocabulary): string {
  const exact = amount === null ? null : formatAmount(amount)
  const much = exact === null ? 'amount not known' : `${exact.text} ${exact.unit}`.trim()
  const base = amount === null || amount.decimals === null ? '' : ` (${amount.amountRaw} base units)`
  return `${much}${base} on ${chainWords(chainId, vocabulary)}${token === null ? '' : `, token ${token}`}`
}

function deadlineLines(intent: IntentDetail, nowMs: number): string[] {
  return intent.deadlines.map(
    ({ kind, atMs }) => `${utc(atMs)} (${formatCountdown(atMs, nowMs)}) ${deadlineWords(kind)}`,
  )
}

function transactionLines(intent: IntentDetail, vocabulary: Vocabulary): string[] {
  return intent.transactions.map(({ label, chainId, hash }) => {
    return `${wordsOfName(label)}: ${hash}${chainId === null ? '' : ` on ${chainWords(chainId, vocabulary)}`}`
  })
}

function contradictionLines(intent: IntentDetail): string[] {
  return intent.contradictions.flatMap(({ field, claims }) =>
    claims.map(({ value, origin, atMs }) => `${wordsOfName(field)}: ${value} (${origin}, ${utc(atMs)})`),
  )
}

function timelineLines({ intent, vocabulary }: TicketInput): string[] {
  return intent.timeline.map((entry) =>
    entry.kind === 'gap' ? gapLine(entry) : entryLine(entry, vocabulary),
  )
}

function entryLine(entry: TimelineEntry, vocabulary: Vocabulary): string {
  const skewMs = skewOf(entry)
  const notes = [
    entry.origin,
    ...entry.flags,
    ...(skewMs === null ? [] : [`heard ${utc(entry.receivedAtMs)}`]),
    ...(entry.repeats === 0 ? [] : [`said ${entry.repeats + 1} times`]),
  ]
  const status = entry.status === null ? '' : ` [${entry.status}]`
  return `${utc(entry.atMs)}  ${entryTitle(entry, vocabulary)}${status} (${notes.join(', ')})`
}

function gapLine(entry: TimelineEntry): string {
  const { fromMs = entry.atMs, untilMs = null, repairedAtMs = null } = entry
  const until = untilMs === null ? 'until now' : `until ${utc(untilMs)} (${formatDuration(untilMs - fromMs)})`
  const repair = repairedAtMs === null ? 'Not read again yet.' : `Read again ${utc(repairedAtMs)}.`
  return [`${utc(fromMs)}  Not listening ${until}.`, gapReason(entry), repair].filter(Boolean).join(' ')
}

function nextLine({ nextActor, byMs, otherwise }: Explanation, nowMs: number): string {
  const by = byMs === null ? '' : `, by ${utc(byMs)} (${formatCountdown(byMs, nowMs)})`
  return nextActor === 'nobody' ? otherwise : `Next: ${nextActor}${by}. ${otherwise}`
}

function utc(atMs: number): string {
  return formatInstant(atMs, 'utc', atMs)
}
