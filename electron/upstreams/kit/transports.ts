import { Fetch, NodeWebSocket } from 'socket.io-client'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { boundedText } from './boundedBody.ts'
import { LONGEST_TEXT } from './guard.ts'

/** Largest WebSocket frame, bytes, unpacked: room for the longest text that is read in most alphabets; more ends the connection. */
const LARGEST_FRAME = 2 * LONGEST_TEXT

/** Largest answer to one poll, bytes: it holds all that was said since the last poll, so several of the longest texts. */
const LARGEST_POLL = 4 * LONGEST_TEXT

/** How long the goodbye of a polled connection may take, milliseconds: nobody waits for it. */
const GOODBYE_WITHIN_MS = 500

/** Codes that would be the same however the socket is carried: who asks, and how often. */
const SETTLED = new Set([401, 429, 503])

/** A handshake that was answered with an HTTP code instead. */
export class HandshakeRefused extends Error {
  readonly status: number
  /** The header `Retry-After` as it came. */
  readonly retryAfter: string | null

  constructor(status: number, retryAfter: string | null) {
    super(`Unexpected server response: ${status}`)
    this.name = 'HandshakeRefused'
    this.status = status
    this.retryAfter = retryAfter
  }
}

/** A carrier that can stop reading from the network, so that the other end feels that we are slow. */
export interface Holdable {
  hold: () => void
  release: () => void
}

/** What both carriers can see of the engine above them. */
interface Carried {
  socket: { transports: string[] }
}

/** Engine.IO over WebSocket, with frames bounded in size; says how a handshake was refused. Follows no redirect. */
export class BoundedWebSocket extends NodeWebSocket implements Holdable {
  /** Kept apart: the library forgets the socket as soon as it closes it, and a held one would never read the goodbye. */
  #held: WebSocket | null = null

  hold(): void {
    const socket = this.ws as WebSocket | null
    // One that never opened must not be told to pause or to go on: it throws.
    if (socket?.readyState !== socket?.OPEN) return
    this.#held = socket
    socket?.pause()
  }

  release(): void {
    this.#held?.resume()
    this.#held = null
  }

  override createSocket(
    uri: string,
    protocols: string | string[] | undefined,
    options: Record<string, unknown>,
  ): WebSocket {
    const bounded = { ...options, maxPayload: LARGEST_FRAME, followRedirects: false }
    const socket = super.createSocket(uri, protocols, bounded) as WebSocket
    socket.on('unexpected-response', (_request: ClientRequest, response: IncomingMessage) => {
      const status = response.statusCode ?? 0
      if (SETTLED.has(status)) giveUpOthers(this)
      socket.emit('error', new HandshakeRefused(status, response.headers['retry-after'] ?? null))
      socket.terminate()
    })
    return socket
  }
}

/** Engine.IO over long polling, with answers bounded in size. Follows no redirect, and leaves no request behind. */
export class BoundedPolling extends Fetch implements Holdable {
  readonly #ending = new AbortController()
  #isHeld = false
  /** A poll was due while held. */
  #isDue = false

  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    if (this.#isDue && !this.#ending.signal.aborted) this.doPoll()
  }

  override doPoll(): void {
    this.#isDue = this.#isHeld
    if (this.#isHeld) return
    this.#ask(null, this.#ending.signal)
      .then((text) => {
        if (!this.#ending.signal.aborted) this.onData(text)
      })
      .catch((error: unknown) => {
        this.#failed('fetch read error', error)
      })
  }

  override doWrite(data: string, written: () => void): void {
    const isGoodbye = this.#ending.signal.aborted
    this.#ask(data, isGoodbye ? AbortSignal.timeout(GOODBYE_WITHIN_MS) : this.#ending.signal)
      .then(written)
      .catch((error: unknown) => {
        this.#failed('fetch write error', error)
      })
  }

  override doClose(): void {
    this.#ending.abort()
    if (this.readyState === 'open') this.write([{ type: 'close' }])
  }

  async #ask(body: string | null, signal: AbortSignal): Promise<string> {
    const response = await fetch(this.uri(), {
      method: body === null ? 'GET' : 'POST',
      body,
      headers: body === null ? {} : { 'content-type': 'text/plain;charset=UTF-8' },
      redirect: 'error',
      credentials: 'omit',
      signal,
    })
    const text = await boundedText(response, LARGEST_POLL)
    if (response.ok) return text
    throw new HandshakeRefused(response.status, response.headers.get('retry-after'))
  }

  #failed(doing: string, error: unknown): void {
    if (this.#ending.signal.aborted) return
    if (error instanceof HandshakeRefused && SETTLED.has(error.status)) giveUpOthers(this)
    this.onError(doing, error)
  }
}

/** Keeps the engine from asking the same again over the other carrier. */
function giveUpOthers(carrier: unknown): void {
  ;(carrier as Carried).socket.transports.splice(1)
}
