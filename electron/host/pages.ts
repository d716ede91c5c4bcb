import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Refusal } from './admission.ts'
import { ownSources, pathOf, refuseRequest } from './admission.ts'
import { readAsset } from './assets.ts'
import { PLAIN_HEADERS } from './securityHeaders.ts'

/** What the page is served with. */
interface PageService {
  server: Server
  port: number
  assetsDir: string
  onRefused: (sentence: string) => void
}

/** Answers plain requests with the files of the page, and strangers with one sentence. */
export function servePages(service: PageService): void {
  const { server, port, assetsDir, onRefused } = service

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuseRequest(request, port)
    if (refusal !== null) {
      onRefused(`Refused a request: ${refusal.sentence}`)
      refuse(response, refusal)
      return
    }
    const asset = await readAsset(assetsDir, pathOf(request), ownSources(port))
    if (asset === null) {
      refuse(response, { status: 404, sentence: 'No such page.' })
      return
    }
    response.writeHead(200, { ...PLAIN_HEADERS, ...asset.headers, 'content-length': asset.body.length })
    response.end(request.method === 'HEAD' ? undefined : asset.body)
  }

  function receive(request: IncomingMessage, response: ServerResponse): void {
    answer(request, response).catch((error: unknown) => {
      onRefused(`A file of the page could not be read: ${(error as Error).message}`)
      if (response.headersSent) response.destroy()
      else refuse(response, { status: 500, sentence: 'A file of the page could not be read.' })
    })
  }

  server.on('request', receive)
  // Without this Node would itself invite the body of a request that says `Expect: 100-continue`.
  server.on('checkContinue', receive)
  server.on('clientError', (_error, socket) => {
    socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
}

/** Answers and closes the connection, so that nothing more of the request is read. */
function refuse(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(refusal.status, {
    ...PLAIN_HEADERS,
    ...refusal.headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(refusal.sentence),
    connection: 'close',
  })
  response.end(refusal.sentence)
}
