import { frameEvent } from '../electron/upstreams/oneinch-fusion/emission.ts'
import { oneinchFusionSettings } from '../electron/upstreams/oneinch-fusion/index.ts'
import { normalise } from '../electron/upstreams/oneinch-fusion/normalise.ts'
import type { Fact } from '../shared/intent/fact.ts'
import { connectionId } from '../shared/intent/ids.ts'
import type { RawEvent } from '../shared/log/rawEvent.ts'
import { settableClock } from './settableClock.ts'

export const RECEIVED_AT_MS = Date.UTC(2026, 10, 21, 15)
export const HASH = `0x${'2b'.repeat(32)}`

/** A frame as the journal keeps it; text stands as it is. */
export function framed(frame: unknown, feed = '/v2.0/1'): RawEvent {
  const text = typeof frame === 'string' ? frame : JSON.stringify(frame)
  const site = {
    connection: {
      id: connectionId('test'),
      system: 'oneinch-fusion' as const,
      url: 'ws://127.0.0.1:1/fusion/ws',
      restUrl: null,
      settings: oneinchFusionSettings.parse({}),
    },
    clock: settableClock(RECEIVED_AT_MS),
    random: () => 0,
    credential: () => Promise.resolve(null),
    signal: new AbortController().signal,
  }
  return frameEvent(site, { feed, text, value: JSON.parse(text), origin: 'push' })
}

/** An answer over REST as the journal keeps it. */
export function read(
  kind: string,
  body: unknown,
  more: { asked?: string[]; httpStatus?: number } = {},
): RawEvent {
  const { asked = [HASH], httpStatus = 200 } = more
  return {
    ...framed({}),
    kind,
    origin: 'poll',
    payload: JSON.stringify({ feed: '/v2.0/1', asked, httpStatus, body }),
  }
}

/** What a frame means. */
export function factsOf(frame: unknown, feed?: string): Fact[] {
  return normalise(framed(frame, feed))
}
