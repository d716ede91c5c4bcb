import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** An HTTP answer: JSON, with further headers where they matter. */
export interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** An answer that breaks the contract: its text goes out as it stands. */
export interface GarbledAnswer {
  status: number
  text: string
}

/** No answer: the connection is destroyed. Counted in a history as status 0. */
export interface NoAnswer {
  status: 0
}

/** The one there is. */
export const NO_ANSWER: NoAnswer = { status: 0 }

/** A request body of the sandbox is a line or a small object. */
const LONGEST_BODY = 64 * 1_024

/** Answers every request; `onError` answers with the sentence of what was thrown. */
export function answering(
  answer: (request: IncomingMessage) => Promise<Answer | GarbledAnswer | NoAnswer>,
  onError: (sentence: string) => Answer,
): RequestListener {
  return (request, response) => {
    answer(request).then(
      (found) => {
        send(response, found)
      },
      (error: unknown) => {
        send(response, onError(String(error)))
      },
    )
  }
}

function send(response: ServerResponse, answer: Answer | GarbledAnswer | NoAnswer): void {
  if (!('body' in answer) && !('text' in answer)) {
    response.destroy()
    return
  }
  if ('text' in answer) {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text)
    return
  }
  const { status, body, headers } = answer
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** The body of a request as text; fails when it is longer than 64 KiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LONGEST_BODY) throw new Error(`the body is longer than ${LONGEST_BODY} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
