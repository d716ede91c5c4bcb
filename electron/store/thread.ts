import { setFlagsFromString } from 'node:v8'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { Failure } from '../../shared/api/failure.ts'

/** A database thread and the port to it. */
export interface Thread {
  port: MessagePort
  /** Why no call can succeed any more; null while the thread lives. */
  gone: () => Promise<Failure | null>
  /** Closes the port and waits until the thread has ended. */
  end: () => Promise<void>
}

/**
 * Keeps V8 from compiling the calls that WebAssembly makes into JavaScript. What it compiles is shared by all isolates of the
 * process, and with a second one, as of this thread, freeing it can abort the whole process (`jit_page.has_value()`,
 * nodejs/node#64500; seen here too). 2^30 calls are never reached; a call that is not compiled costs some nanoseconds more,
 * and only Node's own reading of HTTP and its taking types out of sources make any.
 */
const CALLS_STAY_GENERIC = '--wasm-wrapper-tiering-budget=1073741824'

/** Starts the database thread. However it ends, the port closes, so that no call waits for ever. */
export function startThread(workerUrl: URL): Thread {
  setFlagsFromString(CALLS_STAY_GENERIC)
  const { port1: port, port2 } = new MessageChannel()
  const worker = new Worker(workerUrl, { workerData: port2, transferList: [port2], name: 'store' })
  let isClosed = false
  let why: Failure | null = null
  port.once('close', () => {
    isClosed = true
  })
  worker.once('error', (error) => {
    why ??= died(error instanceof Error ? error.message : String(error))
  })
  const exited = new Promise<Failure>((resolve) => {
    worker.once('exit', () => {
      port.close()
      resolve((why ??= died('it ended by itself')))
    })
  })
  port.start()
  return {
    port,
    // The port closes a moment before the thread says why it ended.
    gone: () => (isClosed ? exited : Promise.resolve(why)),
    end: async () => {
      why ??= new Failure('closed', 'The store is closed.')
      port.close()
      await exited
    },
  }
}

function died(why: string): Failure {
  return new Failure('disk', `The database thread has ended: ${why}.`, {
    tip: 'Start the console again; nothing acknowledged is lost.',
    facts: { why },
  })
}
