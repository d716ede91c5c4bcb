import { Manager, type Socket } from 'socket.io-client'
import type { WebSocket } from 'ws'
import type { Clock } from '../kit/clock.ts'
import type { Damage } from '../kit/guard.ts'
import { guardedParser, type Heard } from '../kit/guardedParser.ts'
import type { Trouble } from '../kit/keepConnected.ts'
import { BoundedPolling, BoundedWebSocket, type Holdable } from '../kit/transports.ts'
import type { TestSite } from '../upstream.ts'
import type { FusionSettings } from './index.ts'
import { troubleOfEnd, troubleOfError } from './trouble.ts'

/** How long a closing handshake may take before the socket is cut, milliseconds; the library alone would wait 30 s. */
const CUT_AFTER_MS = 500

const CARRIERS = { websocket: BoundedWebSocket, polling: BoundedPolling }

/** What a socket tells. */
export interface SocketEvents {
  /** Joined; `isRecovered` when the server proved that nothing was missed. */
  opened: (isRecovered: boolean) => void
  /** The attempt failed or the connection ended. */
  down: (trouble: Trouble) => void
  event: (name: string, heard: Heard) => void
  damaged: (text: string, damage: Damage) => void
  /** Any packet at all, heartbeats included. */
  traffic: () => void
}

/** One Socket.IO socket that is opened and dropped as often as needed. It never reconnects by itself. */
export class FusionSocket {
  readonly #manager: Manager
  readonly #socket: Socket
  readonly #on: SocketEvents
  readonly #clock: Clock
  readonly #closing = new Set<Promise<void>>()
  /** The carrier that is not read from at present. */
  #held: Holdable | null = null
  #isWanted = false
  #isOpen = false

  constructor(site: Pick<TestSite<FusionSettings>, 'connection' | 'clock'>, on: SocketEvents) {
    const { url, settings } = site.connection
    const { path, namespace, transports } = settings
    const parser = guardedParser({ namespace, onDamage: on.damaged })
    const carriers = transports.map((name) => CARRIERS[name])
    const carrying = { path, transports: carriers, tryAllTransports: true, parser }
    this.#on = on
    this.#clock = site.clock
    this.#manager = new Manager(url, { ...carrying, reconnection: false, autoConnect: false })
    this.#socket = this.#manager.socket(namespace)
    this.#socket.on('connect', () => {
      // A server that confirms twice has not connected us twice.
      if (this.#isOpen) return
      this.#isOpen = true
      // Absent, despite its type, where the server offers no recovery.
      on.opened(Object.is(this.#socket.recovered, true))
    })
    this.#socket.on('connect_error', (error) => {
      this.#end(troubleOfError(error, { url, nowMs: site.clock.nowMs() }))
    })
    this.#socket.on('disconnect', (reason) => {
      this.#end(troubleOfEnd(reason, url))
    })
    this.#socket.onAny((name: string, heard: Heard) => {
      on.event(name, heard)
    })
  }

  /** Begins one attempt. */
  open(): void {
    this.#isWanted = true
    // Whatever the library kept from before would be sent ahead of our subscriptions.
    this.#socket.sendBuffer.length = 0
    this.#socket.connect()
    this.#manager.engine.on('packet', this.#on.traffic)
  }

  /** Lets go at once; tells nothing. */
  drop(): void {
    this.#isWanted = false
    this.#isOpen = false
    const carrier = this.#transport()?.ws ?? null
    this.#socket.disconnect()
    if (carrier !== null && carrier.readyState !== carrier.CLOSED) this.#cutSoon(carrier)
  }

  /** Sends an event if connected, and forgets it otherwise: nothing is kept for the next connection. */
  say(event: string, ...args: string[]): void {
    if (this.#socket.connected) this.#socket.emit(event, ...args)
  }

  /** Stops reading from the network, so that the server feels that we are slow. Said twice, it is done once. */
  pause(): void {
    const carrier = this.#transport()
    if (carrier === this.#held) return
    this.#held = carrier
    this.#held?.hold()
  }

  resume(): void {
    this.#held?.release()
    this.#held = null
  }

  /** Resolves when no socket is left open. */
  async closed(): Promise<void> {
    await Promise.all(this.#closing)
  }

  #end(trouble: Trouble): void {
    if (!this.#isWanted) return
    this.drop()
    this.#on.down(trouble)
  }

  #cutSoon(carrier: WebSocket): void {
    const closed = new Promise<void>((resolve) => {
      const cancel = this.#clock.after(CUT_AFTER_MS, () => {
        carrier.terminate()
      })
      carrier.once('close', () => {
        cancel()
        resolve()
      })
    }).finally(() => this.#closing.delete(closed))
    this.#closing.add(closed)
    // A paused socket would never read the other end's goodbye.
    this.resume()
  }

  /** What carries the socket at present. */
  #transport(): (Holdable & { ws?: WebSocket | null }) | null {
    const engine = this.#manager.engine as Manager['engine'] | undefined
    return (engine?.transport as (Holdable & { ws?: WebSocket | null }) | undefined) ?? null
  }
}
