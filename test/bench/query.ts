import Database from 'better-sqlite3'
import { databaseFile } from '../../electron/store/files.ts'
import type { LocalStore } from '../../electron/store/localStore.ts'
import { openStore } from '../../electron/store/open.ts'
import { intentId } from './events.ts'
import { timed, type Figure } from './figures.ts'
import { largeStore, openHere } from './largeStore.ts'
import { IS_HUGE, sized } from './sizes.ts'

/** Sizes measured, each ten times the one before. */
const SIZES = [sized(100_000, 10_000), sized(1_000_000, 100_000), ...(IS_HUGE ? [10_000_000] : [])]
const RUNS = 15
const PAGE = 200

/** A year after the benches' events: whatever can be overdue is. */
const NOW_MS = 1_826_536_000_000
const NEWEST = { by: 'changed', isAscending: false } as const

/** Questions to large stores, in the database's thread and from outside it, against bare statements on the same file. */
export async function query(): Promise<Figure[]> {
  const figures: Figure[] = []
  const pages: number[][] = []
  for (const size of SIZES) {
    const { inThread, pageMs } = await questionsAt(size)
    figures.push(...inThread)
    pages.push(pageMs)
  }
  for (const [index, ours] of pages.entries()) {
    const control = pages[index - 1]
    if (control === undefined) continue
    const what = `page of 200 at ${String(SIZES[index])} intents`
    figures.push({
      what,
      unit: 'ms',
      ours,
      control,
      against: 'with a tenth of them',
      goal: { ratio: 1.5, is: 'at most' },
    })
  }
  return figures
}

async function questionsAt(size: number): Promise<{ inThread: Figure[]; pageMs: number[] }> {
  const dataDir = largeStore(size)
  const local = openHere(dataDir, 'read')
  const db = new Database(databaseFile(dataDir), { readonly: true })
  db.pragma('cache_size = -65536')
  const inThread = await inThreadFigures(local, db, size)
  local.close()
  const workerUrl = new URL('../../electron/worker.ts', import.meta.url)
  const store = await openStore({ dataDir, workerUrl, mode: 'read' })
  const outside = await compare(
    `page of 200 through the thread, at ${String(size)}`,
    () => store.page({ query: 'phase:completed', sort: NEWEST, limit: PAGE, since: 0, nowMs: NOW_MS }),
    { against: 'the bare statement', work: () => bareRows(db).all('completed', PAGE) },
  )
  await store.close()
  db.close()
  return { inThread: [...inThread, outside], pageMs: inThread[0]?.ours ?? [] }
}

async function inThreadFigures(local: LocalStore, db: Database.Database, size: number): Promise<Figure[]> {
  const id = intentId(size / 2)
  const part = id.slice(10, 40)
  const rows = bareRows(db)
  const one = db.prepare('SELECT intent FROM aliases WHERE value = ?')
  const scan = db.prepare('SELECT phase, count(*) FROM intents NOT INDEXED GROUP BY phase')
  const like = db.prepare("SELECT id FROM intents WHERE console_id LIKE '%' || ? || '%'")
  const at = `, at ${String(size)}`
  return [
    await compare(
      `page of 200 of phase:completed, seen before${at}`,
      () => local.page({ query: 'phase:completed', sort: NEWEST, limit: PAGE, since: 0, nowMs: NOW_MS }),
      {
        against: 'the bare statement',
        work: () => rows.all('completed', PAGE),
        goal: { ratio: 1.5, is: 'at most' },
      },
    ),
    await unseenRows(local, db, at),
    await compare(`look-up by id${at}`, () => local.find({ query: id, limit: 1, nowMs: NOW_MS }), {
      against: 'the bare statement',
      work: () => one.all(id.slice(2)),
    }),
    await compare(`counts by phase${at}`, () => local.counts(NOW_MS), {
      against: 'a count scan',
      work: () => scan.all(),
      goal: { ratio: 0.01, is: 'at most' },
    }),
    await compare(`substring${at}`, () => local.find({ query: part, limit: 10, nowMs: NOW_MS }), {
      against: 'a LIKE scan',
      work: () => like.all(part),
      goal: { ratio: 0.02, is: 'at most' },
    }),
    await compare(
      `freeze of everything${at}`,
      () => local.freeze({ query: '', sort: NEWEST, nowMs: NOW_MS }),
      { against: 'a count scan', work: () => scan.all() },
    ),
  ]
}

/** Pages of a frozen list, each for the first time: every row is read and shaped. */
async function unseenRows(local: LocalStore, db: Database.Database, at: string): Promise<Figure> {
  const { snapshot } = local.freeze({ query: '', sort: NEWEST, nowMs: NOW_MS })
  const bare = db.prepare(
    'SELECT i.*, d.body FROM intents i JOIN documents d ON d.intent = i.id WHERE i.id > ? LIMIT ?',
  )
  let ours = 0
  let theirs = 0
  return compare(
    `rows 200 of a frozen list, never seen${at}`,
    () => local.rows({ snapshot, from: (ours += PAGE), limit: PAGE, nowMs: NOW_MS }),
    { against: 'the bare statement', work: () => bare.all((theirs += PAGE), PAGE) },
  )
}

/** What a page needs from the disk and nothing more. */
function bareRows(db: Database.Database): Database.Statement<[string, number]> {
  return db.prepare(
    `SELECT i.*, d.body FROM intents i JOIN documents d ON d.intent = i.id
     WHERE i.phase = ? ORDER BY i.version DESC LIMIT ?`,
  )
}

async function compare(
  what: string,
  work: () => unknown,
  control: { against: string; work: () => unknown; goal?: NonNullable<Figure['goal']> },
): Promise<Figure> {
  const ours: number[] = []
  const theirs: number[] = []
  await work()
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(await timed(work))
    theirs.push(await timed(control.work))
  }
  const { against, goal } = control
  return { what, unit: 'ms', ours, control: theirs, against, ...(goal === undefined ? {} : { goal }) }
}
