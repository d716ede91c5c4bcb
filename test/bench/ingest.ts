import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { databaseFile } from '../../electron/store/files.ts'
import { openStore } from '../../electron/store/open.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { timed, type Figure } from './figures.ts'
import { startSender, type Sender } from './sender.ts'
import { sized } from './sizes.ts'
import { receiveInto, type Through } from './wire.ts'

/** Enough for seconds of work, so that starting up does not count. */
const EVENTS = sized(40_000, 20_000)
const INTENTS = EVENTS / 4
const RUNS = 5

/** Socket → frame → raw event → journal, facts, folded intent and projections on disk; the control is the same without SQLite. */
export async function ingest(): Promise<Figure[]> {
  const sender = await startSender()
  await sender.order({ do: 'prepare', count: EVENTS, intents: INTENTS, from: 0 })
  const durable: Through[] = []
  const inMemory: Through[] = []
  const imported: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-ingest-'))
    durable.push(await throughStore(sender, dataDir))
    inMemory.push(await throughMemory(sender))
    imported.push((EVENTS * 1_000) / (await importMs(dataDir)))
    rmSync(dataDir, { recursive: true })
  }
  await sender.close()
  const ours = durable.map(({ perSecond }) => perSecond)
  const what = 'durable ingest'
  const unit = 'events/s'
  return [
    {
      what,
      unit,
      ours,
      control: inMemory.map(({ perSecond }) => perSecond),
      against: 'the same without SQLite',
      goal: { ratio: 0.6, is: 'at least' },
    },
    {
      what,
      unit,
      ours,
      control: imported,
      against: 'sqlite3 .import of the same rows',
      goal: { ratio: 2, is: 'at least' },
    },
    {
      what: 'longest stall of the main loop',
      unit: 'ms',
      ours: durable.map(({ stallMs }) => stallMs),
      control: inMemory.map(({ stallMs }) => stallMs),
      against: 'the same without SQLite',
      limit: { value: 20, is: 'at most' },
    },
  ]
}

/** Events a second from the socket to the disk, into a new store. */
export async function throughStore(sender: Sender, dataDir: string): Promise<Through> {
  const workerUrl = new URL('../../electron/worker.ts', import.meta.url)
  const store = await openStore({ dataDir, workerUrl, mode: 'write' })
  const through = await receiveInto(sender, EVENTS, store.append)
  await store.close()
  return through
}

async function throughMemory(sender: Sender): Promise<Through> {
  const worker = new Worker(new URL('./memoryWorker.ts', import.meta.url))
  await once(worker, 'online')
  const through = await receiveInto(sender, EVENTS, async (batch: RawEvent[]) => {
    const answered = once(worker, 'message')
    worker.postMessage(batch)
    await answered
    const storedCount = batch.length
    return { lastSeq: 0, version: 0, storedCount, repeatCount: 0, quarantinedCount: 0 }
  })
  await worker.terminate()
  return through
}

/**
 * Milliseconds that the sqlite3 command line takes to import every row that the store made of the events into the same
 * tables with the same indexes. Without STRICT and triggers, which texts of a CSV file would not get through.
 */
async function importMs(dataDir: string): Promise<number> {
  const db = new Database(databaseFile(dataDir), { readonly: true })
  const tables = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema
       WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'search%' ORDER BY rowid`,
    )
    .all()
  const files = new Map<string, string>()
  for (const { name, sql } of tables) if (sql.startsWith('CREATE TABLE')) files.set(name, columnsOf(db, name))
  db.close()
  const dump = [...files].map(
    ([name, columns]) => `.once "${join(dataDir, name)}.csv"\nSELECT ${columns} FROM ${name};`,
  )
  sqlite3(['-csv', databaseFile(dataDir)], dump)
  const schema = tables.map(({ sql }) => `${sql.replace(/\)\s*STRICT(, )?/, ') ')};`)
  const imports = [...files.keys()]
    .map((name) => ({ name, file: join(dataDir, `${name}.csv`) }))
    .filter(({ file }) => statSync(file).size > 0)
    .map(({ name, file }) => `.import "${file}" ${name}`)
  const setUp = ['PRAGMA page_size = 8192;', 'PRAGMA journal_mode = WAL;', ...schema, '.mode csv']
  return timed(() => {
    sqlite3([join(dataDir, 'imported.db')], [...setUp, ...imports])
  })
}

/** Columns as a CSV file can carry them. */
function columnsOf(db: Database.Database, table: string): string {
  const columns = db.pragma(`table_info(${table})`) as { name: string; type: string }[]
  return columns.map(({ name, type }) => (type === 'BLOB' ? `hex("${name}")` : `"${name}"`)).join(', ')
}

function sqlite3(args: string[], lines: string[]): void {
  execFileSync('sqlite3', args, { input: lines.join('\n'), stdio: ['pipe', 'ignore', 'inherit'] })
}
