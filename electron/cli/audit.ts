import type { Command } from 'commander'
import type { ActionHead, ActionStep } from '../../shared/api/action.ts'
import { STEP_WORDS } from '../../shared/api/actionWords.ts'
import { formatInstant } from '../../shared/intent/time.ts'
import type { ReadStore } from '../store/store.ts'
import { failureOf } from './exit.ts'
import { dataOption, jsonOption, readLimit } from './options.ts'
import { readingStore } from './reading.ts'
import type { Surroundings } from './surroundings.ts'
import { alignColumns } from './table.ts'

/** Steps read at a time: some hundred kilobytes. */
const PAGE = 500

interface AuditOptions {
  data?: string
  json?: true
  action?: string
  limit?: number
}

/** Adds `audit`: what operators had done outside, step by step, oldest first. Runs beside a console. */
export function addAudit(program: Command, surroundings: Surroundings): void {
  program
    .command('audit')
    .description('what operators had done outside: who, when, why and what became of it; oldest first')
    .addOption(dataOption())
    .option('--action <id>', 'the steps of this action only')
    .option('--limit <n>', 'how many at most, the newest', readLimit)
    .addOption(jsonOption())
    .action(async (options: AuditOptions) => {
      await readingStore(options.data, surroundings, async (store) => {
        const steps = await stepsIn(store, options)
        const lines = options.json
          ? steps.map((step) => JSON.stringify(step))
          : tableOf(steps, await headsOf(steps, store))
        for (const line of lines) surroundings.print(line)
      })
    })
}

async function stepsIn(store: ReadStore, { action, limit = Infinity }: AuditOptions): Promise<ActionStep[]> {
  if (action !== undefined) return (await store.action(action)).steps.slice(-limit)
  const { lastSeq } = await store.actionsHead()
  const steps: ActionStep[] = []
  for (let after = Math.max(0, lastSeq - limit); ;) {
    const page = await store.actionSteps({ after, limit: PAGE })
    steps.push(...page)
    const last = page.at(-1)
    if (last === undefined) return steps
    after = last.seq
  }
}

/** What each action is, also where its first step is not among these. */
async function headsOf(steps: readonly ActionStep[], store: ReadStore): Promise<Map<string, ActionHead>> {
  const heads = new Map<string, ActionHead>()
  for (const { action, head } of steps) {
    const known = head ?? heads.get(action) ?? (await headIn(store, action))
    if (known !== null) heads.set(action, known)
  }
  return heads
}

/** Null for a step of the profile, and where a salvage lost how the action began. */
async function headIn(store: ReadStore, action: string): Promise<ActionHead | null> {
  if (action === '') return null
  try {
    return await store.action(action)
  } catch (error) {
    if (failureOf(error).code === 'not-found') return null
    throw error
  }
}

function tableOf(steps: readonly ActionStep[], heads: ReadonlyMap<string, ActionHead>): string[] {
  const rows = steps.map((step) => {
    const head = heads.get(step.action)
    return [
      String(step.seq),
      formatInstant(step.atMs, 'utc', step.atMs),
      step.who,
      step.action === '' ? '-' : step.action,
      [...(head === undefined ? [] : [head.words]), STEP_WORDS[step.kind]].join(': '),
      head?.subject ?? '-',
      step.head === null || step.head.reason === step.why ? step.why : `${step.why} (${step.head.reason})`,
    ]
  })
  return alignColumns(['SEQ', 'AT', 'WHO', 'ACTION', 'WHAT', 'ABOUT', 'WHY'], rows)
}
