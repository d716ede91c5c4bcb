import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { databaseFile } from '../../electron/store/database.ts'
import { openStore } from '../../electron/store/open.ts'
import { fusionEvents } from './events.ts'
import { timed, type Figure } from './figures.ts'

const INTENTS = 100_000
const BATCH = 2_000
const RUNS = 15
const PAGE = 200

/** Questions to a store of 100,000 intents, thread and projection to rows included, against bare statements. */
export async function query(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-query-'))
  const workerUrl = new URL('../../electron/worker.ts', import.meta.url)
  const store = await openStore({ dataDir, workerUrl, mode: 'write' })
  const events = fusionEvents(INTENTS, INTENTS)
  for (let from = 0; from < INTENTS; from += BATCH) await store.append(events.slice(from, from + BATCH))
  const nowMs = (events.at(-1)?.receivedAtMs ?? 0) + 1_000
  const sort = { by: 'changed', isAscending: false } as const
  const page = (query: string) => store.page({ query, sort, limit: PAGE, since: 0, nowMs })
  const id = intentIdIn(events[INTENTS / 2]?.payload ?? '')
  await store.find({ query: id.slice(20, 40), limit: 10, nowMs })

  const db = new Database(databaseFile(dataDir), { readonly: true })
  const bare = db.prepare('SELECT * FROM intents ORDER BY version DESC LIMIT ?')
  const scan = db.prepare('SELECT phase, count(*) FROM intents NOT INDEXED GROUP BY phase')
  const like = db.prepare("SELECT console_id FROM intents WHERE console_id LIKE '%' || ? || '%'")
  const figures = [
    await compare('page of 200, newest first', () => page(''), ['the bare statement', () => bare.all(PAGE)]),
    await compare('page of 200, phase:created', () => page('phase:created'), [
      'the bare statement',
      () => bare.all(PAGE),
    ]),
    await compare('look-up by id', () => store.get({ id, nowMs }), ['the bare statement', () => bare.all(1)]),
    await compare('counts by phase', () => store.counts(nowMs), ['a scan', () => scan.all()]),
    await compare('substring', () => store.find({ query: id.slice(20, 40), limit: 10, nowMs }), [
      'a LIKE scan',
      () => like.all(id.slice(20, 40)),
    ]),
    await compare('freeze all', () => store.freeze({ query: '', sort, nowMs }), ['a scan', () => scan.all()]),
  ]
  db.close()
  await store.close()
  await rm(dataDir, { recursive: true })
  return figures
}

async function compare(
  what: string,
  work: () => unknown,
  [against, other]: [string, () => unknown],
): Promise<Figure> {
  const ours: number[] = []
  const control: number[] = []
  await work()
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(await timed(work))
    control.push(await timed(other))
  }
  return { what, unit: 'ms', ours, control, against }
}

function intentIdIn(payload: string): string {
  return (JSON.parse(payload) as { intentId: string }).intentId
}
