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

/** Starts the database thread. However it ends, the port closes, so that no call waits for ever. */
export function startThread(workerUrl: URL): Thread {
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
