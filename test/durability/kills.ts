import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openStore } from '../../electron/store/open.ts'
import type { ReadStore } from '../../electron/store/store.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { numberOf, offered, type Death } from './offers.ts'

/** When a console is killed: so many milliseconds after it shows the first event, at a point, or within a checkpoint. */
export type Moment = number | Death | 'during checkpoint'

/** What one kill came to. */
export interface Outcome {
  /** Offers that were shown and are not in the journal, and those that are there more than once. */
  lost: number[]
  doubled: number[]
  problems: string[]
  /** Offers that were shown before the kill. */
  shownCount: number
  /** How long the console after the kill took to open its store, and the whole process up to then, milliseconds. */
  reopenMs: number
  restartMs: number
}

/** A backend that offers and consoles that are killed while they take in, on one data folder. */
export interface KillingGround {
  kill: (moment: Moment) => Promise<Outcome>
  close: () => Promise<void>
}

/** Offers in one burst: some are in memory, some in a batch and some on disk at any instant. */
const BURST = 20

/** Between two bursts, milliseconds. */
const EVERY_MS = 4

/** How long a console may take for its first steps, milliseconds: under strace, on a busy machine, they are slow. */
const PATIENCE_MS = 60_000

/** So large that the log has to be moved within a second. */
const PADDING = 'x'.repeat(6_000)

/** Opens a ground; `how` is `early` for the control. */
export async function killingGround(how: 'honest' | 'early' = 'honest'): Promise<KillingGround> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kills-'))
  const fusion = await bareFusion()
  const shown = new Set<number>()
  let next = 1
  const say = (more: { death?: Death; padding?: string } = {}): void => {
    fusion.say('intent:new', offered({ n: next, ...more }))
    next += 1
  }
  return {
    kill: async (moment) => {
      const before = shown.size
      const console_ = startConsole({ dataDir, fusion, how, moment, shown })
      await console_.ready
      await until('the console to listen', () => fusion.listeners() === 1, PATIENCE_MS)
      // Only once something was shown is it made large: a kill before that would prove nothing.
      const isLarge = (): boolean => moment === 'during checkpoint' && shown.size > before
      const stopOffering = offerOn(() => {
        say(isLarge() ? { padding: PADDING } : {})
      })
      try {
        await until(
          'the console to show something',
          () => shown.size > before || console_.isOver(),
          PATIENCE_MS,
        )
        if (typeof moment === 'number') await new Promise((resolve) => setTimeout(resolve, moment))
        if (moment === 'before commit' || moment === 'after commit') say({ death: moment })
        if (typeof moment === 'number') console_.process.kill('SIGKILL')
        await console_.ended
      } finally {
        stopOffering()
        console_.process.kill('SIGKILL')
      }
      const shownCount = shown.size - before
      const times = await restart({ dataDir, fusion, how, shown })
      return { ...(await look(dataDir, shown)), shownCount, ...times }
    },
    close: async () => {
      await fusion.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

function offerOn(say: () => void): () => void {
  const timer = setInterval(() => {
    for (let n = 0; n < BURST; n += 1) say()
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
  }
}

interface Start {
  dataDir: string
  fusion: BareFusion
  how: string
  moment?: Moment
  shown: Set<number>
}

interface Killable {
  process: ChildProcess
  /** How long its store took to open, milliseconds. */
  ready: Promise<number>
  isOver: () => boolean
  ended: Promise<void>
}

function startConsole({ dataDir, fusion, how, moment, shown }: Start): Killable {
  const root = new URL('ingestRoot.ts', import.meta.url).pathname
  const command = [process.execPath, root, dataDir, fusion.url, how]
  const [program = '', ...args] =
    moment === 'during checkpoint' ? [...killerOfCheckpoints(dataDir), ...command] : command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let isOver = false
  let tellReady: (openMs: number) => void = () => undefined
  const ready = new Promise<number>((resolve, reject) => {
    tellReady = resolve
    child.once('exit', () => {
      reject(new Error('The console ended before it was ready.'))
    })
  })
  const ended = once(child, 'close').then(() => {
    isOver = true
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('ready ')) tellReady(Number(line.slice(6)))
    else shown.add(Number(line))
  })
  return { process: child, ready, isOver: () => isOver, ended }
}

/** Kills whoever writes to the database for the second time: only a checkpoint writes there. */
function killerOfCheckpoints(dataDir: string): string[] {
  const inject = 'inject=pwrite64:signal=SIGKILL:when=2'
  return [
    'strace',
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-P',
    join(dataDir, 'console.db'),
    '-e',
    'trace=pwrite64',
    '-e',
    inject,
  ]
}

/** Starts a console on what the killed one left, and kills it too. */
async function restart(start: Start): Promise<Pick<Outcome, 'reopenMs' | 'restartMs'>> {
  const beganMs = performance.now()
  const console_ = startConsole(start)
  const reopenMs = await console_.ready
  const restartMs = performance.now() - beganMs
  console_.process.kill('SIGKILL')
  await console_.ended
  return { reopenMs, restartMs }
}

/** Compares what the disk holds with what was shown. */
async function look(
  dataDir: string,
  shown: ReadonlySet<number>,
): Promise<Pick<Outcome, 'lost' | 'doubled' | 'problems'>> {
  const workerUrl = new URL('deadlyWorker.ts', import.meta.url)
  await (await openStore({ dataDir, workerUrl, mode: 'write' })).close()
  const store = await openStore({ dataDir, workerUrl, mode: 'read' })
  try {
    const counts = await countsIn(store)
    const { problems } = await store.verify()
    return {
      lost: [...shown].filter((n) => !counts.has(n)),
      doubled: [...counts].filter(([, count]) => count > 1).map(([n]) => n),
      problems: problems.map(({ where, what }) => `${where}: ${what}`),
    }
  } finally {
    await store.close()
  }
}

async function countsIn(store: ReadStore): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for (let after = 0; ;) {
    const events = await store.journal({ after, limit: 1_000 })
    const last = events.at(-1)
    if (last === undefined) return counts
    after = last.seq
    for (const { kind, payload } of events) {
      const n = kind === 'intent:new' ? numberOf(payload) : null
      if (n !== null) counts.set(n, (counts.get(n) ?? 0) + 1)
    }
  }
}
