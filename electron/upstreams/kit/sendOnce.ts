import {
  request as plainRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { CommandRequest, Sent } from '../command.ts'
import type { Clock } from './clock.ts'
import { LONGEST_DAMAGED } from './guard.ts'
import { redact } from './redact.ts'
import { pauseOf } from './retryAfter.ts'

/** Longest wait for the whole answer to a command, milliseconds: relayers simulate before they answer; a person waits. */
const ANSWER_WITHIN_MS = 20_000

/** What a command is sent with. */
export interface Sending {
  clock: Clock
  /** What shows the credential; never kept. */
  headers: Record<string, string>
  signal: AbortSignal
}

/**
 * Sends one request over a connection of its own, which no earlier one can have spoiled, and follows no redirect. Whatever may have
 * left this machine without an answer is `lost`, never tried again.
 */
export async function sendOnce(asked: CommandRequest, { clock, headers, signal }: Sending): Promise<Sent> {
  if (signal.aborted) return { kind: 'not-sent', why: 'The connection was closed before anything was sent.' }
  const exchange = new Exchange(asked, headers)
  const cancel = clock.after(ANSWER_WITHIN_MS, () => {
    exchange.giveUp(`there was no answer within ${ANSWER_WITHIN_MS / 1_000} s`)
  })
  const stop = (): void => {
    exchange.giveUp('the connection was closed meanwhile')
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    const { httpStatus, text, retryAfter } = await exchange.answer()
    const answered = { kind: 'answered', httpStatus, text, atMs: clock.nowMs() } as const
    return retryAfter === null ? answered : { ...answered, retryAfterMs: pauseOf(retryAfter, answered.atMs) }
  } catch (error) {
    const why = redact(wordsOf(error))
    return exchange.isSurelyUnsent()
      ? { kind: 'not-sent', why: `Nothing was sent: ${why}.` }
      : { kind: 'lost', why: `It was sent, or may have been, and ${why}.` }
  } finally {
    cancel()
    signal.removeEventListener('abort', stop)
  }
}

/** What went wrong, to stand behind “and”. */
function wordsOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return 'the other end closed the connection without an answer'
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  return error instanceof Error ? error.message : String(error)
}

/** One request and its answer on one connection. */
class Exchange {
  readonly #asked: CommandRequest
  readonly #headers: Record<string, string>
  #request: ClientRequest | null = null
  #isConnected = false

  constructor(asked: CommandRequest, headers: Record<string, string>) {
    this.#asked = asked
    this.#headers = headers
  }

  /** The answer, whole or cut; fails with what went wrong. */
  answer(): Promise<{ httpStatus: number; text: string; retryAfter: string | null }> {
    const { method, url, body } = this.#asked
    const bytes = body === null ? null : Buffer.from(body, 'utf8')
    const options: RequestOptions = {
      method,
      // A fresh connection: on a kept one a late close cannot be told from a lost answer.
      agent: false,
      headers: {
        accept: 'application/json',
        ...this.#headers,
        ...(bytes === null ? {} : { 'content-type': 'application/json', 'content-length': bytes.byteLength }),
      },
    }
    return new Promise((resolve, reject) => {
      const request = (url.startsWith('https:') ? tlsRequest : plainRequest)(url, options, (response) => {
        textOf(response).then((text) => {
          const retryAfter = response.headers['retry-after'] ?? null
          resolve({ httpStatus: response.statusCode ?? 0, text, retryAfter })
        }, reject)
      })
      this.#request = request
      request.on('socket', (socket) => {
        socket.once(url.startsWith('https:') ? 'secureConnect' : 'connect', () => {
          this.#isConnected = true
        })
      })
      request.on('error', reject)
      request.end(bytes ?? undefined)
    })
  }

  giveUp(why: string): void {
    this.#request?.destroy(new Error(why))
  }

  /** Bytes are handed to the network only once there is a connection, and the connection is this exchange's own. */
  isSurelyUnsent(): boolean {
    return !this.#isConnected
  }
}

/** The text of an answer, cut at the length that is kept. */
async function textOf(response: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > LONGEST_DAMAGED) break
  }
  return text.slice(0, LONGEST_DAMAGED)
}
