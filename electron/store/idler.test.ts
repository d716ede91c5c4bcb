import { afterEach, expect, test, vi } from 'vitest'
import { Idler } from './idler.ts'

afterEach(() => {
  vi.useRealTimers()
})

function counted(
  left: number,
  isPressing = (): boolean => false,
): { slices: () => number; idler: Idler; failures: unknown[] } {
  vi.useFakeTimers()
  let done = 0
  const failures: unknown[] = []
  const slice = (): boolean => {
    done += 1
    if (done === 2) throw new Error('no room')
    return done < left
  }
  const idler = new Idler({ slice, isPressing, failed: (error) => failures.push(error) })
  return { slices: () => done, idler, failures }
}

test('works only in a pause, and in slices', () => {
  const { slices, idler } = counted(1)
  for (let call = 0; call < 10; call += 1) {
    vi.advanceTimersByTime(20)
    idler.called()
  }
  expect(slices()).toBe(0)
  vi.advanceTimersByTime(60)
  expect(slices()).toBe(1)
  idler.stop()
})

test('gets its turn under unbroken load too', () => {
  const { slices, idler } = counted(1)
  for (let call = 0; call < 60; call += 1) {
    vi.advanceTimersByTime(10)
    idler.called()
  }
  expect(slices()).toBe(1)
  idler.stop()
})

test('a slice that fails is told, and tried again after the next call', () => {
  const { slices, idler, failures } = counted(3)
  vi.advanceTimersByTime(1_000)
  expect(slices()).toBe(2)
  expect(failures).toHaveLength(1)
  idler.called()
  vi.advanceTimersByTime(1_000)
  expect(slices()).toBe(3)
  idler.stop()
})

test('what is pressing waits for no pause, only for the answer', () => {
  let isPressing = false
  const { slices, idler } = counted(1, () => isPressing)
  vi.advanceTimersByTime(0)
  expect(slices()).toBe(0)
  idler.called()
  isPressing = true
  vi.advanceTimersByTime(0)
  expect(slices()).toBe(1)
  idler.stop()
})

test('where calls leave no turn at all, what is pressing runs before the next one', () => {
  let isPressing = false
  const { slices, idler } = counted(1, () => isPressing)
  idler.called()
  isPressing = true
  idler.called()
  expect(slices()).toBe(1)
  idler.stop()
})

test('a look at what is pressing that fails is told too', () => {
  const { idler, failures } = counted(1, () => {
    throw new Error('no answer')
  })
  expect(failures).toHaveLength(1)
  idler.stop()
})
