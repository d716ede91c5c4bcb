import { ORPCError } from '@orpc/server'
import type { AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { Failure } from '../../shared/api/failure.ts'
import { readFrame } from './frames.ts'
import { plainJson } from './plainJson.ts'

/** One reader's two-way stream of texts, whatever carries it. */
export interface Wire {
  send: (text: string) => void
  onMessage: (callback: (message: unknown) => void) => void
  onClose: (callback: () => void) => void
  /** The other end does not speak the protocol: ends the stream. */
  refuse: () => void
}

/** Serves a router to readers over wires; a call under way is aborted when its wire closes. */
export type Carrier = (wire: Wire) => void

/** What may be set on a carrier. */
export interface CarrierOptions {
  /** Longest that an answer may take, milliseconds. */
  answerWithinMs?: number
  /** Told one sentence for every call that failed in a way that its router did not foresee. */
  onDefect?: (sentence: string) => void
}

/** How far a call has come. */
interface Call {
  /** Whether its input was text that can be read; what it says is for the procedure to judge. */
  isRead: boolean
}

/** Where a call's own state stands in the context that oRPC passes along. */
const CALL = Symbol('call')

/** Three times the longest wait of a feed: whatever has not answered by then never will. */
const ANSWER_WITHIN_MS = 60_000

/**
 * Makes the one carrier that sockets and ports share, so that both behave alike to the letter. Every call is answered in
 * time, and every failure leaves as the contract's `FAILED` with nothing of the inside in it.
 */
export function createCarrier(router: AnyRouter, carrierOptions: CarrierOptions = {}): Carrier {
  const { answerWithinMs = ANSWER_WITHIN_MS, onDefect = () => undefined } = carrierOptions
  const handler = new RPCHandler(router, {
    customJsonSerializers: [plainJson],
    interceptors: [
      async (options) => {
        const { request } = options
        const call: Call = { isRead: false }
        const given = request.signal
        const work = (signal: AbortSignal) =>
          options.next({ ...options, request: { ...request, signal }, context: { [CALL]: call } })
        try {
          const result = await answerInTime(work, { withinMs: answerWithinMs, given })
          if (!result.matched) throw unknownCall()
          return result
        } catch (reason) {
          throw asFailed(reason, call, (what) => {
            onDefect(`The call ${request.url.pathname} failed: ${what}`)
          })
        }
      },
    ],
    clientInterceptors: [
      (options) => {
        const { [CALL]: call } = options.context as { [CALL]: Call }
        call.isRead = true
        return options.next()
      },
    ],
  })
  return (wire) => {
    handler.upgrade({
      postMessage: wire.send,
      on: (event, callback) => {
        if (event === 'close') {
          wire.onClose(() => {
            callback()
          })
          return
        }
        wire.onMessage((message) => {
          const frame = readFrame(message)
          if (frame === null) wire.refuse()
          else callback({ data: frame })
        })
      },
    })
  }
}

/** Aborts the work when its asker gives up or time is over; when time is over, fails at once, whatever the work does. */
async function answerInTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { withinMs, given }: { withinMs: number; given: AbortSignal | undefined },
): Promise<T> {
  const controller = new AbortController()
  const giveUp = (): void => {
    controller.abort(given?.reason)
  }
  given?.addEventListener('abort', giveUp, { once: true })
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(tooLate())
    controller.abort()
  }, withinMs)
  try {
    return await Promise.race([work(controller.signal), late.promise])
  } finally {
    clearTimeout(timer)
    given?.removeEventListener('abort', giveUp)
  }
}

/** The contract's own error as it is; anything else as one, and what it was to whoever keeps the log. */
function asFailed(
  reason: unknown,
  call: Call,
  onDefect: (what: string) => void,
): ORPCError<'FAILED', unknown> {
  if (reason instanceof ORPCError && reason.code === 'FAILED') return reason as ORPCError<'FAILED', unknown>
  const failure = reason instanceof Failure ? reason : failureOf(reason, call)
  if (failure.code === 'internal') onDefect(String(reason))
  return new ORPCError('FAILED', { defined: true, message: failure.message, data: failure.toJSON() })
}

function failureOf(reason: unknown, { isRead }: Call): Failure {
  if (!isRead || (reason instanceof ORPCError && reason.code === 'BAD_REQUEST')) {
    return new Failure('usage', 'The call is wrong: its input cannot be read.', { tip: 'Reload the page.' })
  }
  return new Failure('internal', 'The console failed at this; its log says more.', {
    tip: 'Try again; if it fails again, report it with the log.',
  })
}

function unknownCall(): Failure {
  return new Failure('not-found', 'The console has no such call.', {
    tip: 'The page is of another version; reload it.',
  })
}

function tooLate(): Failure {
  return new Failure('internal', 'The console did not answer in time.', {
    tip: 'Try again; if it stays so, restart the console and report it with its log.',
    isRetryable: true,
  })
}
