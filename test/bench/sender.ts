import { fork } from 'node:child_process'
import { once } from 'node:events'

/** What a sending process is told. */
export type Order =
  /** Makes `count` events about `intents` intents, the first of which has the number `from`. */
  | { do: 'prepare'; count: number; intents: number; from: number }
  /** Sends what was prepared as fast as it is taken. */
  | { do: 'send' }
  /** Sends steadily: about `intents` intents in turn, or with 0 each event about a new one whose id says when it was sent. */
  | { do: 'stream'; perSecond: number; intents: number }
  | { do: 'stop' }

/** What it answers. */
export type Report = { is: 'listening'; port: number } | { is: 'prepared' } | { is: 'stopped' }

/** A backend that sends, in a process of its own. */
export interface Sender {
  url: string
  /** Tells it something; resolves when it is done, or at once for what goes on. */
  order: (order: Order) => Promise<void>
  close: () => Promise<void>
}

/** Starts a sending process. */
export async function startSender(): Promise<Sender> {
  const child = fork(new URL('./upstream.ts', import.meta.url))
  const report = async (): Promise<Report> => {
    const [answer] = (await once(child, 'message')) as [Report]
    return answer
  }
  const first = await report()
  if (first.is !== 'listening') throw new Error('The sender began with something else than its port.')
  return {
    url: `http://127.0.0.1:${String(first.port)}`,
    order: async (order) => {
      const isAnswered = order.do === 'prepare' || order.do === 'stop'
      const answered = isAnswered ? report() : null
      child.send(order)
      await answered
    },
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
