import type { IncomingMessage } from 'node:http'
import { readBody, type Answer } from './answer.ts'
import type { Faults } from './faults.ts'
import type { History } from './history.ts'

/** Where a server is told to misbehave, and asked what it offered: beside its own paths, under `/_sandbox/`. */
export function isForDesk(path: string): boolean {
  return path.startsWith('/_sandbox/')
}

/** Answers `GET` and `POST /_sandbox/faults` and `GET /_sandbox/history`. No fault touches these. */
export async function answerAtDesk(
  request: IncomingMessage,
  path: string,
  { faults, history }: { faults: Faults; history: History },
): Promise<Answer> {
  switch (`${request.method} ${path}`) {
    case 'GET /_sandbox/faults':
      return { status: 200, body: { running: faults.running(), verbs: faults.verbs } }
    case 'POST /_sandbox/faults':
      return applyLine(await readBody(request), faults)
    case 'GET /_sandbox/history':
      return {
        status: 200,
        body: {
          eventCount: history.eventCount,
          readingCounts: history.readingCounts(),
          events: history.events,
          readings: history.readings,
        },
      }
    default:
      return { status: 404, body: { error: 'Here are /_sandbox/faults and /_sandbox/history.' } }
  }
}

function applyLine(line: string, faults: Faults): Answer {
  try {
    return { status: 200, body: { done: faults.apply(line) } }
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } }
  }
}
