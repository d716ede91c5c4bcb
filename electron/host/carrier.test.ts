import { os } from '@orpc/server'
import { expect, test, vi } from 'vitest'
import { createCarrier } from './carrier.ts'
import type { CarrierOptions } from './carrier.ts'

/** A wire whose other end is this test. */
function openWire(options: CarrierOptions = {}) {
  const signals: AbortSignal[] = []
  const { promise: released, resolve: release } = Promise.withResolvers<string>()
  const router = {
    quick: os.handler(() => 'here'),
    /** Never answers, and does not mind being told to stop. */
    hung: os.handler(({ signal }) => {
      if (signal !== undefined) signals.push(signal)
      return new Promise<string>(() => undefined)
    }),
    /** Answers when the test lets it. */
    held: os.handler(({ signal }) => {
      if (signal !== undefined) signals.push(signal)
      return released
    }),
    /** An answer that no text can be made of. */
    endless: os.handler(() => {
      const circle: { circle?: unknown } = {}
      circle.circle = circle
      return circle
    }),
  }
  const heard: Answer[] = []
  let say: (message: unknown) => void = () => undefined
  let close: () => void = () => undefined
  const refused = vi.fn()
  createCarrier(
    router,
    options,
  )({
    send: (text) => heard.push(JSON.parse(text) as Answer),
    onMessage: (callback) => {
      say = callback
    },
    onClose: (callback) => {
      close = callback
    },
    refuse: refused,
  })
  const call = (name: string, i: string): void => {
    say(JSON.stringify({ i, p: { u: `/${name}` } }))
  }
  return {
    call,
    heard,
    refused,
    signals,
    say: (message: unknown) => {
      say(message)
    },
    close: () => {
      close()
    },
    release: () => {
      release('late')
    },
  }
}

interface Answer {
  i: string
  p: { s?: number; b: { json: unknown } }
}

test('a call that hangs is answered in time, told to stop, and reported; others are not held up', async () => {
  const defects: string[] = []
  const { call, heard, signals } = openWire({ answerWithinMs: 30, onDefect: (what) => defects.push(what) })
  call('hung', '1')
  call('quick', '2')
  await vi.waitUntil(() => heard.length === 2)
  expect(heard[0]).toMatchObject({ i: '2', p: { b: { json: 'here' } } })
  expect(heard[1]).toMatchObject({
    i: '1',
    p: { s: 500, b: { json: { code: 'FAILED', data: { code: 'internal', isRetryable: true } } } },
  })
  expect(signals[0]?.aborted).toBe(true)
  expect(defects).toEqual([expect.stringContaining('/hung')])
})

test('without a limit that it could reach, it would hang for ever', async () => {
  const { call, heard } = openWire({ answerWithinMs: 2 ** 31 - 1 })
  call('hung', '1')
  call('quick', '2')
  await vi.waitUntil(() => heard.length === 1)
  expect(heard[0]).toMatchObject({ i: '2' })
})

test('an answer that cannot be written is a typed failure, and its cause is for the log', async () => {
  const defects: string[] = []
  const { call, heard } = openWire({ onDefect: (what) => defects.push(what) })
  call('endless', '1')
  await vi.waitUntil(() => heard.length === 1)
  expect(heard[0]).toMatchObject({ p: { b: { json: { code: 'FAILED', data: { code: 'internal' } } } } })
  expect(JSON.stringify(heard[0])).not.toContain('stack')
  expect(defects.join()).toContain('Maximum call stack')
})

test('a wire that closes ends what was asked over it, and what is answered all the same goes nowhere', async () => {
  const { call, heard, signals, close, release } = openWire()
  call('held', '1')
  await vi.waitUntil(() => signals.length === 1)
  close()
  expect(signals[0]?.aborted).toBe(true)
  release()
  const other = openWire()
  other.call('quick', '1')
  await vi.waitUntil(() => other.heard.length === 1)
  expect(heard).toEqual([])
})

test('two calls under one number are one', async () => {
  const { call, heard } = openWire({ answerWithinMs: 30 })
  call('hung', '1')
  call('hung', '1')
  call('quick', '2')
  await vi.waitUntil(() => heard.length === 2)
  expect(heard.map(({ i }) => i)).toEqual(['2', '1'])
})

test('what is no frame ends the wire and calls nothing', () => {
  const { say, refused, heard } = openWire()
  say('{"i":"1","p":{"u":"/quick","m":"GET"}}')
  expect(refused).toHaveBeenCalledOnce()
  expect(heard).toEqual([])
})
