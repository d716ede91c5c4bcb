import type { Command } from 'commander'
import type { IntentDetail, TimelineEntry } from '../../shared/api/row.ts'
import type { Leg } from '../../shared/intent/amount.ts'
import { formatUnits } from '../../shared/intent/amount.ts'
import { formatInstant } from '../../shared/intent/time.ts'
import { dataOption, jsonOption } from './options.ts'
import { readingStore } from './reading.ts'
import type { Surroundings } from './surroundings.ts'
import { alignColumns } from './table.ts'

interface ShowOptions {
  data?: string
  json?: true
}

/** Adds `show`: one intent with its timeline, by any of its ids. */
export function addShow(program: Command, surroundings: Surroundings): void {
  program
    .command('show')
    .description('one intent with its timeline')
    .argument('<id>', 'any of its ids, in full or a prefix of six')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (id: string, options: ShowOptions) => {
      await readingStore(options.data, surroundings, async (store) => {
        const nowMs = surroundings.clock.nowMs()
        const { intent } = await store.get({ id, nowMs })
        const lines = options.json ? [JSON.stringify(intent)] : describe(intent, nowMs)
        for (const line of lines) surroundings.print(line)
      })
    })
}

function describe(intent: IntentDetail, nowMs: number): string[] {
  const facts: [string, string][] = [
    ['Intent', intent.id],
    ...intent.aliases.map(({ kind, value }): [string, string] => [`  ${kind}`, value]),
    ['Status', `${intent.status || '(none said)'} (${intent.phase})`],
    ['From', legText(intent.source)],
    ['To', legText(intent.destination)],
    ['Maker', intent.maker ?? '-'],
    ['Solver', intent.solver ?? '-'],
    ['Created', formatInstant(intent.createdAtMs, 'utc', nowMs)],
    ['Updated', formatInstant(intent.updatedAtMs, 'utc', nowMs)],
    ...intent.deadlines.map(({ kind, atMs }): [string, string] => [kind, formatInstant(atMs, 'utc', nowMs)]),
    ['At risk', intent.moneyAtRisk ? 'yes, money is or may be locked' : 'no'],
    ['Stuck', intent.stuck === null ? 'no' : `${intent.stuck.why} ${intent.stuck.then}`],
    ...remarkLines(intent, nowMs),
    ...Object.entries(intent.failures),
    ...intent.contradictions.map(({ field, claims }): [string, string] => [
      `Contradiction on ${field}`,
      claims.map(({ value, origin }) => `${value} (${origin})`).join(' / '),
    ]),
  ]
  return [...alignColumns(['', ''], facts).slice(1), '', ...timelineLines(intent.timeline, nowMs)]
}

/** What people have put beside it. */
function remarkLines({ row, notes, silence }: IntentDetail, nowMs: number): [string, string][] {
  const { tags, silencedUntilMs } = row
  const isSilenced = silence !== null && silencedUntilMs !== null && silencedUntilMs > nowMs
  return [
    ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')] as [string, string]]),
    ...notes.map(({ text, who, atMs }): [string, string] => [
      `Note by ${who}`,
      `${text} (${formatInstant(atMs, 'utc', nowMs)})`,
    ]),
    ...(isSilenced ? [[`Silenced by ${silence.who}`, silence.reason] as [string, string]] : []),
  ]
}

function timelineLines(timeline: readonly TimelineEntry[], nowMs: number): string[] {
  const rows = timeline.map((entry) => [
    String(entry.seq),
    formatInstant(entry.atMs, 'utc', nowMs),
    entry.origin,
    entry.kind,
    entry.kind === 'gap' ? gapText(entry, nowMs) : (entry.words ?? entry.status ?? '-'),
    entry.flags.join(', '),
  ])
  return alignColumns(['SEQ', 'AT', 'ORIGIN', 'WHAT', 'STATUS', 'FLAGS'], rows)
}

function gapText(entry: TimelineEntry, nowMs: number): string {
  const until = entry.untilMs ?? null
  return `not heard until ${until === null ? 'now' : formatInstant(until, 'utc', nowMs)}`
}

function legText(leg: Leg): string {
  const { amount, token, chainId } = leg
  const exact = amount === null ? '?' : formatUnits(amount.amountRaw, amount.decimals)
  const unit = (amount?.decimals ?? null) === null ? 'base units' : ''
  const name = amount?.symbol ?? token ?? 'unknown token'
  return `${[exact, unit, name].filter((part) => part !== '').join(' ')} on chain ${String(chainId ?? 'unknown')}`
}
