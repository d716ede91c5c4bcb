import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Hand } from '../../electron/store/hand.ts'
import { LocalStore } from '../../electron/store/localStore.ts'
import { lockFolder } from '../../electron/store/lock.ts'
import { openStore } from '../../electron/store/open.ts'
import { openExamined } from '../../electron/store/recovery/openExamined.ts'
import type { Register } from '../../electron/store/register.ts'
import type { Store } from '../../electron/store/store.ts'
import { upstreamOf, upstreams } from '../../electron/upstreams/index.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { faceless, type Faceless } from './faceless.ts'
import { localAsync } from './localAsync.ts'
import { numberOf, offered } from './offers.ts'
import { isSkippedWithoutDisk, mountDisk, unmountDisk } from './smallDisk.ts'

/** Several waits of the console's own three seconds between two attempts. */
const LIMIT_MS = 90_000

/** The console tries a disk that refuses again after this, milliseconds (engine/pipeline.ts). */
const RETRY_MS = 3_000

const register: Register = {
  normalise: (event) => (event.system === 'console' ? [] : upstreamOf(event.system).normalise(event)),
  vocabularyOf: (system) => upstreams.find((upstream) => upstream.system === system)?.vocabulary ?? null,
}

let dataDir: string
let fusion: BareFusion
let console_: Faceless | null = null
/** Numbers offered while the console listened, and how many it had taken in when the disk began to refuse. */
let said = 0

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'full-'))
  fusion = await bareFusion()
  said = 0
})

afterEach(async () => {
  await console_?.close()
  console_ = null
  await fusion.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** A console on this store, listening. */
async function listening(store: Store): Promise<Faceless> {
  const console = await faceless({ store, dataDir, url: fusion.url })
  console_ = console
  await until('the console to listen', () => fusion.listeners() === 1)
  return console
}

function say(count: number): void {
  for (let n = 0; n < count; n += 1) {
    said += 1
    fusion.say('intent:new', offered({ n: said, padding: 'x'.repeat(2_000) }))
  }
}

async function numbersIn(store: Pick<Store, 'journal'>): Promise<number[]> {
  const numbers: number[] = []
  for (let after = 0; ;) {
    const events = await store.journal({ after, limit: 1_000 })
    const last = events.at(-1)
    if (last === undefined) return numbers.sort((a, b) => a - b)
    after = last.seq
    for (const { kind, payload } of events) if (kind === 'intent:new') numbers.push(numberOf(payload) ?? 0)
  }
}

/** Counts calls of `append`, and makes each what `how` says. */
function counted(store: Store, how: (append: Store['append']) => Store['append'] = (append) => append) {
  const calls = { count: 0 }
  const append = how(store.append)
  return {
    calls,
    store: new Proxy(store, {
      get: (target, name) =>
        name === 'append'
          ? (batch: Parameters<Store['append']>[0]) => {
              calls.count += 1
              return append(batch)
            }
          : (Reflect.get(target, name) as unknown),
    }),
  }
}

/** Fills the disk, waits for the banner, looks around, makes room, and waits for everything to go on. */
async function fillAndFree(
  { store, calls }: ReturnType<typeof counted>,
  disk: { fill: () => void; free: () => void },
): Promise<{ kept: number[]; problems: string[] }> {
  const { client } = await listening(store)
  say(50)
  await until('the first intents', async () => (await numbersIn(store)).length === said)
  const kept = await numbersIn(store)
  disk.fill()
  say(200)
  const trouble = await until('the banner', async () => (await client.status.next({})).storeTrouble)
  expect(trouble).toMatch(/full/)
  await until('receiving to stop', () => fusion.listeners() === 0)
  expect(await numbersIn(store)).toEqual(expect.arrayContaining(kept))

  const [before, beganMs] = [calls.count, performance.now()]
  await until('another attempt', () => calls.count > before + 1)
  expect(calls.count - before).toBeLessThanOrEqual((performance.now() - beganMs) / RETRY_MS + 1)

  disk.free()
  await until('receiving to go on', () => fusion.listeners() === 1)
  expect((await client.status.next({})).storeTrouble).toBeNull()
  const last = said + 1
  say(1)
  await until('what comes afterwards', async () => (await numbersIn(store)).includes(last))
  const problems = (await store.verify()).problems.map(({ what }) => what)
  return { kept, problems }
}

/** A store of this thread, whose database can be told to be full. */
function limitable() {
  const lock = lockFolder(dataDir, 0)
  const least = { lastSeq: 0, version: 0 }
  const examined = openExamined({ dataDir, register, nowMs: 0, isSuspect: false, least })
  const hand = new Hand({ ...examined, dataDir, lock, register })
  const local = new LocalStore({ dataDir, db: examined.db, hand, register })
  const { db } = examined
  return {
    local,
    fill: () => {
      db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true }) as number}`)
    },
    free: () => {
      db.pragma('max_page_count = 1000000')
    },
  }
}

describe('a database that may not grow', () => {
  test(
    'stops receiving, keeps what it has, tries seldom, and goes on by itself',
    { timeout: LIMIT_MS },
    async () => {
      const { local, ...disk } = limitable()
      const watched = counted(localAsync(local))
      const { problems } = await fillAndFree(watched, disk)
      expect(problems).toEqual([])
      const numbers = await numbersIn(watched.store)
      expect(new Set(numbers).size).toBe(numbers.length)
      await console_?.close()
      local.close()
    },
  )

  test(
    'the control: a store that swallows the failure loses what it was given',
    { timeout: LIMIT_MS },
    async () => {
      const { local, fill } = limitable()
      const { store } = counted(localAsync(local), (append) => async (batch) => {
        const { lastSeq, version } = local.head()
        return append(batch).catch(() => ({
          lastSeq,
          version,
          storedCount: batch.length,
          repeatCount: 0,
          quarantinedCount: 0,
        }))
      })
      const { client } = await listening(store)
      say(50)
      await until('the first intents', async () => (await numbersIn(store)).length === said)
      fill()
      say(200)
      await until('everything to be taken', async () => (await client.status.next({})).behindBy === 0)
      expect((await numbersIn(store)).length).toBeLessThan(said)
      await console_?.close()
      local.close()
    },
  )
})

describe.skipIf(isSkippedWithoutDisk())('a disk of 16 MiB', () => {
  beforeEach(() => {
    expect(mountDisk(dataDir, 16)).toBeNull()
  })

  afterEach(() => {
    unmountDisk(dataDir)
  })

  test(
    'is left before it is full, and taken up again by itself when there is room',
    { timeout: LIMIT_MS },
    async () => {
      const store = await openStore({
        dataDir,
        workerUrl: new URL('../../electron/worker.ts', import.meta.url),
        mode: 'write',
      })
      const filler = join(dataDir, 'filler')
      const { problems } = await fillAndFree(counted(store), {
        fill: () => {
          const { bavail, bsize } = statfsSync(dataDir)
          // All but half a MiB: a commit would still fit, a checkpoint after it would not.
          writeFileSync(filler, Buffer.alloc(bavail * bsize - 2 ** 19))
        },
        free: () => {
          rmSync(filler)
        },
      })
      expect(problems).toEqual([])
      await console_?.close()
      await store.close()
    },
  )
})
