import { expect, test } from 'vitest'
import { settableClock } from '../../test/settableClock.ts'
import { until } from '../../test/until.ts'
import { Failure } from '../../shared/api/failure.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Appended } from '../store/store.ts'
import { Pipeline } from './pipeline.ts'

function event(n: number, kind = 'intent:new'): RawEvent {
  return {
    connection: connectionId('fusion-test'),
    system: 'fusion',
    kind,
    origin: 'push',
    receivedAtMs: n,
    payload: String(n),
    isSample: kind === 'mempool:stats',
  }
}

/** A journal whose disk can be held up or made to refuse. */
function journal() {
  const batches: RawEvent[][] = []
  let gate: Promise<void> | null = null
  let open: () => void = () => undefined
  const disk = {
    batches,
    refuses: false,
    attempts: 0,
    events: () => batches.flat(),
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    release: () => {
      open()
    },
    append: async (batch: RawEvent[]): Promise<Appended> => {
      disk.attempts += 1
      if (gate !== null) await gate
      if (disk.refuses) throw new Failure('disk', 'The disk is full.')
      batches.push([...batch])
      const lastSeq = disk.events().length
      return { lastSeq, version: lastSeq, storedCount: batch.length, repeatCount: 0, quarantinedCount: 0 }
    },
  }
  return disk
}

function pipelineOn(disk: ReturnType<typeof journal>) {
  const clock = settableClock()
  const troubles: (string | null)[] = []
  const pipeline = new Pipeline({
    append: disk.append,
    clock,
    isLossy: ({ kind }) => kind === 'mempool:stats',
    isWatched: () => false,
    onAppended: () => undefined,
    onTrouble: (sentence) => troubles.push(sentence),
  })
  return { clock, pipeline, troubles }
}

test('keeps the order, one append at a time, and a slow disk makes larger batches', async () => {
  const disk = journal()
  const { pipeline } = pipelineOn(disk)
  disk.hold()
  void pipeline.push(event(0))
  await until('the first append', () => disk.attempts === 1)
  for (let n = 1; n <= 6_000; n += 1) void pipeline.push(event(n))
  expect(pipeline.behindBy()).toBe(6_001)
  disk.release()
  await pipeline.flush()
  expect(disk.batches.map((batch) => batch.length)).toEqual([1, 4_000, 2_000])
  expect(disk.events().map(({ receivedAtMs }) => receivedAtMs)).toEqual(
    Array.from({ length: 6_001 }, (_, n) => n),
  )
  expect(pipeline.behindBy()).toBe(0)
})

test('when full an intent event waits for room and a reading of a counter is counted instead', async () => {
  const disk = journal()
  const { pipeline } = pipelineOn(disk)
  disk.hold()
  for (let n = 0; n < 20_000; n += 1) expect(pipeline.push(event(n))).toBeUndefined()
  const waiting = [20_000, 20_001].map((n) => pipeline.push(event(n)) as Promise<void>)
  expect(waiting.every((pushed) => pushed instanceof Promise)).toBe(true)
  for (let n = 0; n < 7; n += 1) expect(pipeline.push(event(n, 'mempool:stats'))).toBeUndefined()
  disk.release()
  await Promise.all(waiting)
  await pipeline.flush()
  const kept = disk.events()
  expect(kept.filter(({ kind }) => kind === 'intent:new')).toHaveLength(20_002)
  expect(kept.filter(({ kind }) => kind === 'mempool:stats')).toHaveLength(0)
  const dropped = kept.filter(({ kind }) => kind === 'eventsDropped')
  expect(dropped.map(({ payload }) => JSON.parse(payload) as unknown)).toMatchObject([
    { kind: 'mempool:stats', count: 7 },
  ])
})

test('few but huge payloads fill the queue as well', async () => {
  const disk = journal()
  const { pipeline } = pipelineOn(disk)
  disk.hold()
  const huge = { ...event(1), payload: 'x'.repeat(8 * 1024 * 1024) }
  const pushed = Array.from({ length: 10 }, () => pipeline.push(huge) as Promise<void> | undefined)
  expect(pushed.filter((whenTaken) => whenTaken instanceof Promise)).toHaveLength(2)
  disk.release()
  await Promise.all(pushed.filter((whenTaken) => whenTaken !== undefined))
  await pipeline.flush()
  expect(disk.events()).toHaveLength(10)
})

test('a disk that refuses is told once, tried every 3 s without losing anything, and told again when it takes', async () => {
  const disk = journal()
  const { clock, pipeline, troubles } = pipelineOn(disk)
  disk.refuses = true
  void pipeline.push(event(1))
  await until('the first refusal', () => clock.pending() === 1)
  void pipeline.push(event(2))
  await pipeline.flush()
  clock.advance(3_000)
  await until('the second refusal', () => disk.attempts === 2 && clock.pending() === 1)
  expect(troubles).toEqual(['The disk is full.'])
  expect(pipeline.trouble()).toBe('The disk is full.')
  expect(pipeline.behindBy()).toBe(2)
  disk.refuses = false
  clock.advance(3_000)
  await until('both on disk', () => pipeline.behindBy() === 0)
  expect(disk.events().map(({ receivedAtMs }) => receivedAtMs)).toEqual([1, 2])
  expect(troubles).toEqual(['The disk is full.', null])
})

test('closing while the disk refuses ends the retries', async () => {
  const disk = journal()
  const { clock, pipeline } = pipelineOn(disk)
  disk.refuses = true
  void pipeline.push(event(1))
  await until('the first refusal', () => clock.pending() === 1)
  pipeline.close()
  await until('no timer left', () => clock.pending() === 0)
  expect(disk.attempts).toBe(1)
  expect(pipeline.behindBy()).toBe(1)
})

test('the rate is that of the last five seconds', async () => {
  const disk = journal()
  const { clock, pipeline } = pipelineOn(disk)
  for (let n = 0; n < 50; n += 1) void pipeline.push(event(n))
  await pipeline.flush()
  expect(pipeline.eventsPerSec()).toBe(10)
  clock.advance(5_000)
  expect(pipeline.eventsPerSec()).toBe(0)
})

test('whoever waits for the disk waits for what came before, not for a flood that goes on', async () => {
  const disk = journal()
  let isOver = false
  const pipeline: Pipeline = new Pipeline({
    append: (batch) => {
      // For every batch that is written another one is there already.
      if (!isOver) void pipeline.push(event(1))
      return disk.append(batch)
    },
    clock: settableClock(),
    isLossy: () => false,
    isWatched: () => false,
    onAppended: () => undefined,
    onTrouble: () => undefined,
  })
  void pipeline.push(event(0))
  await pipeline.flush()
  expect(disk.events()[0]?.receivedAtMs).toBe(0)
  expect(pipeline.behindBy()).toBeGreaterThan(0)
  isOver = true
  await pipeline.flush()
  expect(pipeline.behindBy()).toBe(0)
})
