import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Pipeline } from '../../electron/engine/pipeline.ts'
import type { Appended } from '../../electron/store/store.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import type { Site } from '../../electron/upstreams/upstream.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Sender } from './sender.ts'

/** How fast events came through, and how long the main loop stood still at worst. */
export interface Through {
  perSecond: number
  stallMs: number
}

/** Lets the sender's prepared events through a real connection into `take`, until `count` of them have arrived. */
export async function receive(
  sender: Sender,
  count: number,
  take: (event: RawEvent, arrived: (more: number) => void) => void | Promise<void>,
): Promise<Through> {
  const stop = new AbortController()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  let fromMs = 0
  let leftCount = count
  let isDone: () => void = () => undefined
  const done = new Promise<void>((resolve) => (isDone = resolve))
  const arrived = (more: number): void => {
    leftCount -= more
    if (leftCount <= 0) isDone()
  }
  let isSubscribed: () => void = () => undefined
  const subscribed = new Promise<void>((resolve) => (isSubscribed = resolve))
  const { connect } = await upstreamOf('fusion').load()
  const link = connect({
    ...siteOf(sender.url, stop.signal),
    emit: (event) => {
      if (event.kind === 'mempool:stats') isSubscribed()
      if (!event.kind.startsWith('intent:')) return
      if (fromMs === 0) fromMs = performance.now()
      return take(event, arrived)
    },
  })
  await subscribed
  delay.enable()
  await sender.order({ do: 'send' })
  await done
  const tookMs = performance.now() - fromMs
  delay.disable()
  stop.abort()
  await link.closed
  return { perSecond: (count * 1_000) / tookMs, stallMs: delay.max / 1e6 }
}

/** The same, through the queue, with `append` as its far end. */
export async function receiveInto(
  sender: Sender,
  count: number,
  append: (batch: RawEvent[]) => Promise<Appended>,
): Promise<Through> {
  let tell: (more: number) => void = () => undefined
  const pipeline = new Pipeline({
    append: append,
    clock: systemClock,
    isLossy: () => false,
    isWatched: () => false,
    onAppended: (batch) => {
      tell(batch.length)
    },
    onTrouble: (sentence) => {
      if (sentence !== null) throw new Error(sentence)
    },
  })
  const through = await receive(sender, count, (event, arrived) => {
    tell = arrived
    return pipeline.push(event)
  })
  pipeline.close()
  return through
}

function siteOf(url: string, signal: AbortSignal): Omit<Site, 'emit'> {
  return {
    connection: {
      id: connectionId('bench'),
      system: 'fusion',
      url,
      restUrl: null,
      settings: upstreamOf('fusion').settings.parse({}),
    },
    clock: systemClock,
    random: () => 0,
    credential: () => Promise.resolve(null),
    signal,
    presence: () => undefined,
    lost: () => undefined,
    resumed: () => null,
    openIntents: () => Promise.resolve([]),
    watched: () => [],
  }
}
