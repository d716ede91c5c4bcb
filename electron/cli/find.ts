import type { Command } from 'commander'
import type { IntentSummary } from '../../shared/api/row.ts'
import { formatAgo } from '../../shared/intent/time.ts'
import { dataOption, jsonOption, readLimit } from './options.ts'
import { readingStore } from './reading.ts'
import type { Surroundings } from './surroundings.ts'
import { alignColumns } from './table.ts'

/** Intents printed when no limit is given (interfaces.md section 1). */
const USUAL_LIMIT = 100

interface FindOptions {
  data?: string
  json?: true
  limit: number
}

/** Adds `find`: intents that match, newest first. */
export function addFind(program: Command, surroundings: Surroundings): void {
  program
    .command('find')
    .description('intents that match an identifier or a query; newest first')
    .argument('[query...]', 'an identifier, a prefix of six, or a query such as: phase:executing is:stuck')
    .addOption(dataOption())
    .option('--limit <n>', 'how many at most', readLimit, USUAL_LIMIT)
    .addOption(jsonOption())
    .action(async (words: string[], options: FindOptions) => {
      await readingStore(options.data, surroundings, async (store) => {
        const nowMs = surroundings.clock.nowMs()
        const found = await store.find({ query: words.join(' '), limit: options.limit, nowMs })
        const lines = options.json ? found.map((intent) => JSON.stringify(intent)) : tableOf(found, nowMs)
        for (const line of lines) surroundings.print(line)
      })
    })
}

function tableOf(found: readonly IntentSummary[], nowMs: number): string[] {
  const rows = found.map((intent) => [
    intent.id,
    intent.phase,
    intent.status,
    formatAgo(intent.updatedAtMs, nowMs),
    attentionText(intent),
  ])
  return alignColumns(['INTENT', 'PHASE', 'STATUS', 'UPDATED', 'ATTENTION'], rows)
}

function attentionText(intent: IntentSummary): string {
  const marks = [
    ...(intent.stuck === null ? [] : ['stuck']),
    ...(intent.moneyAtRisk ? ['money at risk'] : []),
    ...(intent.contradictions.length === 0 ? [] : ['contradicted']),
  ]
  return marks.join(', ') || '-'
}
