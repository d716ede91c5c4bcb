import type { Background } from '../kit/background.ts'
import { beat } from '../kit/heartbeat.ts'
import type { Heard } from '../kit/guardedParser.ts'
import type { GapToRepair, Site } from '../upstream.ts'
import type { DetailReadings } from './details.ts'
import type { FusionSettings } from './index.ts'
import type { Reader } from './reader.ts'
import { repair, sweep } from './rereading.ts'
import { isJsonObject } from '../kit/shape.ts'
import type { FusionSocket } from './socket.ts'

/** How long the answer to `subscribe:all` is waited for, milliseconds, before hearing is taken for granted. */
const SUBSCRIBED_WITHIN_MS = 2_000

/** How often health, chains and addresses are read again, milliseconds: operators change them a few times a day. */
const BACKEND_EVERY_MS = 60 * 60_000

/** What a session works with. */
export interface SessionParts {
  site: Site<FusionSettings>
  socket: FusionSocket
  reader: Reader
  details: DetailReadings
  background: Background
  /** Ids to follow. */
  watched: readonly string[]
  /** Gaps that no repair has covered yet; emptied by the repair that does. */
  gaps: GapToRepair[]
  ponged: (roundTripMs: number | null) => void
}

/** The time from one connect to the next drop. */
export interface Session {
  /** An event came in, already handed on to the journal. */
  heard: (name: string, heard: Heard) => void
  end: () => void
}

/** Subscribes, closes the gap once the server has answered, repairs it, and keeps reading until the end. */
export function beginSession(parts: SessionParts, isRecovered: boolean): Session {
  const { site, socket, reader, details, background, watched, gaps } = parts
  const ending = new AbortController()
  const signal = AbortSignal.any([site.signal, ending.signal])
  let isHearing = false

  socket.say('subscribe:all')
  for (const id of watched) socket.say('subscribe:intent', id)
  const heartbeat = beat(site.clock, site.connection.settings.pingIntervalMs, () => {
    socket.say('ping')
  })
  const cancelWait = site.clock.after(SUBSCRIBED_WITHIN_MS, hearing)

  /** From here on nothing is missed: the gap ends, and what is read now cannot be older than what comes over the socket. */
  function hearing(): void {
    if (isHearing || signal.aborted) return
    isHearing = true
    cancelWait()
    const gap = site.resumed(site.clock.nowMs(), isRecovered)
    if (gap !== null) gaps.push(gap)
    background.run('Reading the backend', readBackend(parts, signal))
    background.run('Reading intents again', readIntents())
    background.run('Reading details', details.work(signal))
  }

  function answered(id: string, status: string): void {
    details.read(id, status)
  }

  async function readIntents(): Promise<void> {
    const rereading = { site, reader, answered, signal }
    await repair(rereading, watched, gaps)
    await sweep(rereading)
  }

  return {
    heard: (name, { value }) => {
      if (name === 'pong') parts.ponged(heartbeat.answered())
      else hearing()
      const id = isJsonObject(value) ? value['intentId'] : null
      if (!isJsonObject(value) || typeof id !== 'string') return
      if (name === 'intent:not_found') details.again(id)
      else if (name === 'intent:removed') details.removed(id)
      else details.heard(id, textOf(value['status']))
    },
    end: () => {
      ending.abort()
      cancelWait()
      heartbeat.stop()
    },
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Health, chains and contract addresses, now and every hour. A failed reading says nothing about the socket and is left. */
async function readBackend({ site, reader }: SessionParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const readings = [
      () => reader.health(signal),
      () => reader.chains(signal),
      () => reader.addresses(signal),
    ]
    for (const read of readings) await read().catch(() => undefined)
    await site.clock.sleep(BACKEND_EVERY_MS, signal)
  }
}
