import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FakeUpstream } from './systemBench.ts'

/** Bytes that are not HTTP. */
const GARBAGE = Buffer.from([0xff, 0x7f, 0x00, 0x13, 0x37])

type Sayings = Pick<FakeUpstream, 'sayGood' | 'sayBroken' | 'sayGarbage' | 'sayHuge' | 'saySecret'>

/** What a system that pushes nothing says: the next requests for intents get it in place of their answers, in order. */
export interface OddAnswers extends Sayings {
  /** Gives a request the next odd answer; false when there is none. */
  give: (response: ServerResponse) => boolean
}

/** The odd answers of a system of which `tell` lets intent `n` be known from now on. */
export function oddAnswers(wire: {
  tell: (n: number) => void
  /** The text of an answer that breaks off. */
  broken: string
  /** Codes and texts with a secret in every place where this wire may hold one. */
  secrets: (secret: string) => readonly [status: number, text: string][]
}): OddAnswers {
  const next: ((response: ServerResponse) => void)[] = []
  return {
    give: (response) => {
      const odd = next.shift()
      odd?.(response)
      return odd !== undefined
    },
    sayGood: (n) => {
      next.length = 0
      wire.tell(n)
    },
    sayBroken: () => {
      next.push((response) => response.end(wire.broken))
    },
    sayGarbage: () => {
      next.push((response) => response.socket?.end(GARBAGE))
    },
    sayHuge: (bytes) => {
      next.push((response) => response.end(`{"note":"${'x'.repeat(bytes)}"}`))
    },
    saySecret: (secret) => {
      for (const [status, text] of wire.secrets(secret))
        next.push((response) => response.writeHead(status).end(text))
    },
  }
}

/** Receives whoever begins a connection as the suite wants it; false when they are to be let in. */
export function receiveOddly(
  { answerHandshake, welcome }: FakeUpstream,
  { socket }: IncomingMessage,
): boolean {
  if (answerHandshake !== null) socket.end(answerHandshake)
  else if (welcome === 'garbage') socket.end(GARBAGE)
  else if (welcome === 'end') socket.destroy()
  else return false
  return true
}
