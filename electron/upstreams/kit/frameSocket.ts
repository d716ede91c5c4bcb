import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import type { Clock } from './clock.ts'
import { readJson } from './exactJson.ts'
import { LONGEST_TEXT, type Damage } from './guard.ts'
import type { Trouble } from './keepConnected.ts'
import type { OfferedCredential } from './offeredCredential.ts'
import { pauseOf } from './retryAfter.ts'
import { redirected, refused, retrying, troubleOfNetwork } from './trouble.ts'

/** Largest frame, bytes, unpacked: room for the longest text that is read in most alphabets; more ends the connection. */
const LARGEST_FRAME = 2 * LONGEST_TEXT

/** How long a closing handshake may take before the socket is cut, milliseconds; the library alone would wait 30 s. */
const CUT_AFTER_MS = 500

/** Close codes that mean "not with this credential": policy violation, and its usual private form. */
const UNAUTHORISED_CLOSES: ReadonlySet<number> = new Set([1008, 4401])

/** Where a socket goes and what it offers. */
export interface FrameSocketOptions {
  /** `ws:` or `wss:`. */
  url: string
  clock: Clock
  /** Sent as a bearer token on the upgrade, read anew at each; nothing is sent where it is null. */
  credential: OfferedCredential
}

/** What a socket tells. */
export interface FrameSocketEvents {
  opened: () => void
  /** The attempt failed or the connection ended; said once for each `open`, and never after `drop`. */
  down: (trouble: Trouble) => void
  /** One frame: its text as it came, and the same read (`readJson`: numbers exact). */
  frame: (text: string, value: unknown) => void
  /** A frame that is no JSON, too long, too deep, or not UTF-8. */
  damaged: (text: string, damage: Damage) => void
  /** Anything at all was received, heartbeats included. */
  traffic: () => void
  /** A ping of ours was answered. */
  ponged: () => void
}

/**
 * A WebSocket of JSON frames, text or binary, that is opened and dropped as often as needed. It never reconnects by
 * itself, follows no redirect, and outlives frames that cannot be read.
 */
export class FrameSocket {
  readonly #options: FrameSocketOptions
  readonly #on: FrameSocketEvents
  readonly #closing = new Set<Promise<void>>()
  /** The attempt that counts; another one is forgotten. */
  #attempt: object | null = null
  #socket: WebSocket | null = null
  #isPaused = false

  constructor(options: FrameSocketOptions, on: FrameSocketEvents) {
    this.#options = options
    this.#on = on
  }

  /** Begins one attempt; what comes of it is told. */
  open(): void {
    const attempt = {}
    this.#attempt = attempt
    this.#options.credential.read().then(
      (token) => {
        if (this.#attempt === attempt) this.#connect(attempt, token)
      },
      (error: unknown) => {
        const found = error instanceof Error ? error.message : String(error)
        this.#end(
          attempt,
          retrying(`The credential could not be read: ${found}`, 'Unlock the keychain; it is tried again.'),
        )
      },
    )
  }

  /** Lets go at once; tells nothing. */
  drop(): void {
    this.#attempt = null
    const socket = this.#socket
    this.#socket = null
    if (socket === null || socket.readyState === WebSocket.CLOSED) return
    this.#cutSoon(socket)
    if (socket.readyState === WebSocket.OPEN) {
      // A paused socket would never read the other end's goodbye.
      socket.resume()
      socket.close(1000)
    } else socket.terminate()
  }

  /** Sends a value as one text frame; false when not connected: nothing is kept for the next connection. */
  send(value: unknown): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(value))
    return true
  }

  /** Asks the other end's WebSocket for a sign of life (`ponged`). */
  ping(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.ping()
  }

  /** Stops reading from the network, so that the server feels that we are slow. Holds for the next connection too. */
  pause(): void {
    this.#isPaused = true
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.pause()
  }

  resume(): void {
    this.#isPaused = false
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.resume()
  }

  /** Resolves when no socket is left open. */
  async closed(): Promise<void> {
    while (this.#closing.size > 0) await Promise.all(this.#closing)
  }

  #connect(attempt: object, token: string | null): void {
    const { url } = this.#options
    const headers = token === null ? {} : { authorization: `Bearer ${token}` }
    try {
      // The library would end the connection at one character that is not UTF-8; it is looked for below instead.
      const bounds = { maxPayload: LARGEST_FRAME, skipUTF8Validation: true, followRedirects: false }
      this.#socket = new WebSocket(url, { ...bounds, headers })
    } catch (error) {
      this.#end(attempt, troubleOfStart(error, url))
      return
    }
    this.#listen(attempt, this.#socket)
  }

  #listen(attempt: object, socket: WebSocket): void {
    const { url, clock } = this.#options
    const isWanted = (): boolean => this.#attempt === attempt
    const heard = (): void => {
      if (isWanted()) this.#on.traffic()
    }
    socket.on('open', () => {
      if (!isWanted()) return
      if (this.#isPaused) socket.pause()
      this.#on.opened()
    })
    socket.on('message', (data: Buffer) => {
      if (isWanted()) this.#received(attempt, data)
    })
    socket.on('ping', heard)
    socket.on('pong', () => {
      heard()
      if (isWanted()) this.#on.ponged()
    })
    socket.on('unexpected-response', (_request, response: IncomingMessage) => {
      response.resume()
      this.#end(attempt, troubleOfAnswer(response, url, clock.nowMs()))
    })
    // Heard for good: an error that nobody hears would end the process.
    socket.on('error', (error) => {
      this.#end(attempt, troubleOfError(error, url))
    })
    socket.on('close', (code, reason) => {
      this.#end(attempt, troubleOfClose(code, reason.toString('utf8'), url))
    })
  }

  /** Nothing may be thrown from here: it would leave the socket open and deaf. */
  #received(attempt: object, data: Buffer): void {
    try {
      this.#on.traffic()
      const text = data.toString('utf8')
      const read = readJson(text)
      if (!isUtf8(data)) this.#on.damaged(text, { path: '$', reason: 'The frame is not UTF-8.' })
      else if ('damage' in read) this.#on.damaged(text, read.damage)
      else this.#on.frame(text, read.value)
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error)
      this.#end(
        attempt,
        retrying(
          `A frame could not be taken in: ${found}`,
          'This is a trouble of the console; it tries again by itself.',
        ),
      )
    }
  }

  #end(attempt: object, trouble: Trouble): void {
    if (this.#attempt !== attempt) return
    this.drop()
    this.#on.down(trouble)
  }

  #cutSoon(socket: WebSocket): void {
    const closed = new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(CUT_AFTER_MS, () => {
        socket.terminate()
      })
      socket.once('close', () => {
        cancel()
        resolve()
      })
    }).finally(() => this.#closing.delete(closed))
    this.#closing.add(closed)
  }
}

/** The library's own words never hold the header's value. */
function troubleOfStart(error: unknown, url: string): Trouble {
  const found = error instanceof Error ? error.message : String(error)
  if (/header/i.test(found)) {
    const tip = 'Set it again: it holds a line break or another character that no key has.'
    return { state: 'needs-credentials', reason: 'The credential cannot stand in an HTTP header.', tip }
  }
  return refused(`${url} cannot be opened: ${found}.`, 'Check `url` in the profile.')
}

function troubleOfAnswer({ statusCode, headers }: IncomingMessage, url: string, nowMs: number): Trouble {
  const status = statusCode ?? 0
  if (status === 401 || status === 403) return unauthorised(`HTTP ${status}`)
  if (status >= 300 && status <= 399) return redirected(url)
  if (status === 429 || status >= 500) {
    const tip = 'It is overloaded or down behind its proxy; the console keeps trying.'
    const trouble = retrying(`The server answers HTTP ${status}.`, tip)
    const retryAfter = headers['retry-after']
    return retryAfter === undefined ? trouble : { ...trouble, pauseMs: pauseOf(retryAfter, nowMs) }
  }
  const reason = `The server opens no WebSocket at ${url} (HTTP ${status}).`
  return refused(reason, 'Check `url` and the settings in the profile.')
}

function troubleOfError(error: Error, url: string): Trouble {
  const { code } = error as NodeJS.ErrnoException
  const network = troubleOfNetwork(`${code ?? ''} ${error.message}`, url)
  if (network !== null && !code?.startsWith('WS_ERR')) return network
  return retrying(
    `The connection to ${url} broke: ${error.message}.`,
    'The server may speak something else there; the console reconnects.',
  )
}

function troubleOfClose(code: number, reason: string, url: string): Trouble {
  if (UNAUTHORISED_CLOSES.has(code)) return unauthorised(`close ${code}`)
  // 1005 and 1006 never travel: nothing was said, or the network went away.
  if (code === 1005 || code === 1006)
    return retrying(`The connection to ${url} broke.`, 'Check the network and the server.')
  const said = reason === '' ? '' : `: ${reason.slice(0, 200)}`
  return retrying(
    `The server closed the connection (${code}${said}).`,
    'It may be restarting or shedding load; the console reconnects.',
  )
}

function unauthorised(found: string): Trouble {
  return {
    state: 'needs-credentials',
    reason: `The server does not accept the credential, or wants one (${found}).`,
    tip: 'Set the credential of this connection; it is tried again as soon as it has changed.',
  }
}
