import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseFile } from '../../electron/store/files.ts'
import { openLocalStore, type LocalStore } from '../../electron/store/localStore.ts'
import { sendingOf, stepOfAction } from '../../electron/store/testing/steps.ts'
import { tinyEvent, tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import type { ActionRecord } from '../../shared/api/action.ts'
import type { IntentDetail, IntentSummary } from '../../shared/api/row.ts'
import type { JournaledEvent, RawEvent } from '../../shared/log/rawEvent.ts'

/** An instant at which every store of these tests is read. */
const NOW_MS = 2_000_000

/** Everything that a store answers about what it was told. */
export interface Told {
  events: JournaledEvent[]
  intents: IntentSummary[]
  details: IntentDetail[]
  actions: ActionRecord[]
}

/** The same events in two states on disk. */
export interface Images extends Disposable {
  told: Told
  /** Closed in order. */
  closed: string
  /** As a crash would have left it, part of it in the database and part in the log. */
  crashed: string
}

const INTENTS = 150

/** Events of a small life of many intents, with what else connections bring. */
export function story(intents = INTENTS, prefix = 'a'): RawEvent[] {
  const statuses = ['waiting', 'moving', 'done'] as const
  const lives = statuses.flatMap((status, step) =>
    Array.from({ length: intents }, (_, n) =>
      tinyEvent(
        {
          ids: [`${prefix}${n}`],
          status,
          atMs: 1_000 + step * 1_000 + n,
          maker: `maker${n % 7}`,
          note: `${status} ${'x'.repeat(150 + (n % 100))}`,
        },
        2_000 + step * 1_000 + n,
      ),
    ),
  )
  const readings = Array.from({ length: 20 }, (_, n) =>
    tinyEvent({ values: { total: n } }, 6_000 + n, { isSample: true }),
  )
  return [...lives, ...readings, tinyEvent({ drift: 'new' }, 7_000), tinyEvent({ bad: 'no' }, 7_001)]
}

/** Gives some intents an action that was sent and accepted. */
function actOn(store: LocalStore, intents: readonly number[]): void {
  for (const n of intents) {
    store.recordStep(sendingOf(`action ${n}`, `a${n}`))
    store.recordStep(stepOfAction(`action ${n}`, 'accepted', { response: 'x'.repeat(200) }))
  }
}

/** Makes both images. */
export function makeImages(): Images {
  const folder = mkdtempSync(join(tmpdir(), 'images-'))
  const [closed, crashed] = [join(folder, 'closed'), join(folder, 'crashed')]
  const store = openLocalStore({ dataDir: closed, mode: 'write' }, tinyRegister)
  const events = story()
  store.append(events.slice(0, 300))
  actOn(store, [1, 2, 3])
  store.close()
  const again = openLocalStore({ dataDir: closed, mode: 'write' }, tinyRegister)
  for (let from = 300; from < events.length; from += 50) again.append(events.slice(from, from + 50))
  actOn(again, [4, 5, 6])
  again.recordStep(sendingOf('open', 'a7'))
  again.setSettings({ theme: 'dark' })
  again.watch({ connection: 'tiny', id: 'a3', isWatched: true })
  while (again.idle());
  copyFolder(closed, crashed)
  const told = read(again)
  again.close()
  return {
    told,
    closed,
    crashed,
    [Symbol.dispose]: () => {
      rmSync(folder, { recursive: true })
    },
  }
}

/** Everything that an open store tells. */
export function read(store: LocalStore): Told {
  const events: JournaledEvent[] = []
  for (;;) {
    const page = store.journal({ after: events.at(-1)?.seq ?? 0, limit: 500 })
    if (page.length === 0) break
    events.push(...page)
  }
  const intents = store.find({ query: '', limit: 10_000, nowMs: NOW_MS })
  const details = intents.map(({ id }) => store.get({ id, nowMs: NOW_MS }).intent)
  return { events, intents, details, actions: store.actions({ limit: 10_000 }) }
}

/** A folder of a test's own that begins as an image; gone at the end of the scope (`using`). */
export function copyOf(image: string): { dataDir: string } & Disposable {
  const dataDir = mkdtempSync(join(tmpdir(), 'damaged-'))
  copyFolder(image, dataDir)
  return {
    dataDir,
    [Symbol.dispose]: () => {
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** The parts of a store by name; those that are there. */
export function partsOf(folder: string): Map<string, Buffer> {
  const name = databaseFile('')
  return new Map(
    [name, `${name}-wal`, `${name}-seal`]
      .filter((part) => existsSync(join(folder, part)))
      .map((part) => [part, readFileSync(join(folder, part))]),
  )
}

/** Files only, and neither the lock nor what is shared between processes: a crash leaves those without meaning. */
function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    if (name.endsWith('-shm') || name.startsWith('console.lock')) continue
    copyFileSync(join(from, name), join(to, name))
  }
}
