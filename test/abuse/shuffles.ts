import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalStore } from '../../electron/store/localStore.ts'
import type { Register } from '../../electron/store/register.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import type { IntentDetail } from '../../shared/api/row.ts'
import { consoleEvent } from '../../shared/log/consoleEvent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { seededRandom, shuffled } from '../seededRandom.ts'
import { arriving, historyOf, type Said } from './history.ts'

/** Later than everything in the histories, so that no answer depends on when it is asked for. */
const NOW_MS = Date.UTC(2027, 0, 1)

/** In memory where a machine has a place for that: nothing here is about disks, and a busy one takes long over each commit. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Events of one append: several batches, so that order matters across them too. */
const BATCH = 7

const fusion = upstreamOf('fusion')

/** How the console reads Fusion; the controls break something in it. */
export const honest: Register = { normalise: fusion.normalise, vocabularyOf: () => fusion.vocabulary }

/** Reads no time but that of arrival. */
export const byArrival: Register = {
  ...honest,
  normalise: (event) =>
    fusion
      .normalise(event)
      .map((fact) => (fact.about === 'intent' ? { ...fact, atMs: null, emittedAtMs: null } : fact)),
}

/** Takes everything that is said for something new. */
export const withoutKeys: Register = {
  ...honest,
  normalise: (event) =>
    fusion
      .normalise(event)
      .map((fact) =>
        fact.about === 'intent' ? { ...fact, key: `${fact.key} ${event.receivedAtMs}` } : fact,
      ),
}

/** What came of one seed: a hash of all conclusions for each way in which the same history arrived. */
export interface Outcome {
  straight: string
  others: Record<string, string>
  /** Status entries on all timelines, and how many changes there were. */
  statusCount: number
  changeCount: number
}

/** Puts one history through the real store as it happened, and then in every other way. */
export function outcomeOf(seed: number, register: Register): Outcome {
  const random = seededRandom(seed)
  const history = historyOf(random)
  const straight = conclusions(arriving(history), register)
  const others = {
    shuffled: arriving(shuffled(history, random)),
    doubled: arriving(shuffled([...history, ...history, ...history.filter(() => random() < 0.5)], random)),
    backwards: arriving(history.toReversed()),
    reconnected: reconnected(history, random),
  }
  return {
    straight: hashOf(straight),
    others: Object.fromEntries(
      Object.entries(others).map(([how, events]) => [how, hashOf(conclusions(events, register))]),
    ),
    statusCount: straight.flatMap(({ timeline }) => timeline).filter(({ status }) => status !== null).length,
    changeCount: history.filter(({ kind }) => kind === 'intent:status').length,
  }
}

/** The link drops in the middle; what was heard shortly before is told again after it. */
function reconnected(history: readonly Said[], random: () => number): RawEvent[] {
  const cut = Math.floor(random() * history.length)
  const again = Math.max(0, cut - Math.floor(random() * 5))
  const [before, after] = [history.slice(0, cut), history.slice(again)]
  const events = arriving([...before, ...after])
  const first = events[0]
  const [fromMs, untilMs] = [events[cut - 1]?.receivedAtMs ?? 0, events[cut]?.receivedAtMs ?? 0]
  if (first === undefined || cut === 0) return events
  const about = { connection: first.connection, atMs: untilMs }
  events.splice(
    cut,
    0,
    consoleEvent(about, 'gapOpened', { fromMs, reason: 'The link dropped.' }),
    consoleEvent(about, 'gapClosed', { fromMs, untilMs, isRecovered: false }),
    consoleEvent(about, 'gapRepaired', { fromMs, atMs: untilMs, readCount: 0, failedCount: 0 }),
  )
  return events
}

/** Everything that the console concludes about every intent, from a data folder of its own. */
function conclusions(events: readonly RawEvent[], register: Register): ReturnType<typeof concluded>[] {
  const dataDir = mkdtempSync(join(PLACE, 'shuffle-'))
  const store = openLocalStore({ dataDir, mode: 'write' }, register)
  try {
    for (let at = 0; at < events.length; at += BATCH) store.append(events.slice(at, at + BATCH))
    return store
      .find({ query: '', limit: 1_000, nowMs: NOW_MS })
      .map(({ id }) => concluded(store.get({ id, nowMs: NOW_MS }).intent))
      .sort((one, other) => one.id.localeCompare(other.id))
  } finally {
    store.close()
    rmSync(dataDir, { recursive: true })
  }
}

/** An intent without what arrival alone decides: places in the journal, our clock, how often and how late a thing was said. */
function concluded({ row, timeline, ...intent }: IntentDetail) {
  const {
    version: _,
    lastHeardAtMs: _heard,
    hasGap: _gap,
    lastKind: _kind,
    lastOrigin: _origin,
    ...rest
  } = row
  return {
    ...intent,
    row: rest,
    timeline: timeline
      .filter(({ kind }) => kind !== 'gap')
      .map(({ seq: _seq, receivedAtMs: _received, repeats: _repeats, flags, ...entry }) => ({
        ...entry,
        flags: flags.filter((flag) => flag !== 'late' && flag !== 'repeat'),
      })),
  }
}

function hashOf(dump: unknown): string {
  return createHash('sha256').update(JSON.stringify(dump)).digest('hex')
}
