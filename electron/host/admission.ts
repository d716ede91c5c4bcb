import type { IncomingMessage } from 'node:http'

/** Why a request is turned away, before anything of its body is read. */
export interface Refusal {
  status: 400 | 401 | 403 | 404 | 405 | 429 | 500
  /** One sentence for the log and the answer; repeats nothing that the stranger sent. */
  sentence: string
  headers?: Record<string, string>
}

/** Address that the browser host listens on: the machine itself and nobody else. */
export const LOOPBACK = '127.0.0.1'

/**
 * Pages and tools have no business with more than this path: `/`, `/assets/index-4f1a.js`, `/intents/demo%3A0x4f`. No `..`;
 * escapes stand inside a name only, and no file is ever looked for under what they mean.
 */
const PATH = /^(\/[A-Za-z0-9_-](?:[A-Za-z0-9._:-]|%[0-9A-F]{2})*)*\/?$/

/** Origin of the console's own page. */
export function ownOrigin(port: number): string {
  return `http://${LOOPBACK}:${String(port)}`
}

/**
 * Where the console's own page may connect to, as sources of its content policy: its socket, and its own origin, where it
 * looks whether a console is there when the socket is not.
 */
export function ownSources(port: number): string {
  return `ws://${LOOPBACK}:${String(port)} ${ownOrigin(port)}`
}

/** Whether a path can be one of the page or of its parts. */
export function isPagePath(path: string): boolean {
  return PATH.test(path)
}

/**
 * The checks that requests and upgrades share. A name that was rebound to this machine arrives with a foreign `Host`, so
 * only the exact address passes; `localhost` and other spellings do not.
 */
export function refuseStranger(request: IncomingMessage, port: number): Refusal | null {
  const hosts = request.headersDistinct.host ?? []
  if (hosts.length !== 1 || hosts[0] !== `${LOOPBACK}:${String(port)}`) {
    return { status: 403, sentence: `Only the address ${ownOrigin(port)} is served.` }
  }
  if (!(request.url ?? '').startsWith('/')) {
    return { status: 403, sentence: 'Only paths are served, no absolute addresses.' }
  }
  const origins = request.headersDistinct.origin ?? []
  if (origins.length > 1 || (origins.length === 1 && origins[0] !== ownOrigin(port))) {
    return { status: 403, sentence: 'Another page may not use the console.' }
  }
  return null
}

/** Whether a plain request is turned away; only pages and their parts are served, to GET and HEAD without a body. */
export function refuseRequest(request: IncomingMessage, port: number): Refusal | null {
  const stranger = refuseStranger(request, port)
  if (stranger !== null) return stranger
  if (hasTokenInQuery(request)) {
    return { status: 403, sentence: 'A token never stands in a query; open the address as it was printed.' }
  }
  if (isForeignUse(request)) return { status: 403, sentence: 'Another page may not use the console.' }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, sentence: 'Only GET and HEAD are served.', headers: { allow: 'GET, HEAD' } }
  }
  const hasBody = (request.headers['content-length'] ?? '0') !== '0' || 'transfer-encoding' in request.headers
  if (hasBody) return { status: 400, sentence: 'A request for a page has no body.' }
  if (!isPagePath(pathOf(request))) return { status: 404, sentence: 'No such page.' }
  return null
}

/** Whether another page loads a part of ours; following a link to the console is not that. */
function isForeignUse(request: IncomingMessage): boolean {
  const { 'sec-fetch-site': from = 'none', 'sec-fetch-dest': purpose } = request.headers
  return from !== 'same-origin' && from !== 'none' && purpose !== 'document'
}

/** A query ends up in histories and logs, so a link that was made that way is not taken, whatever its token. */
function hasTokenInQuery(request: IncomingMessage): boolean {
  return URL.parse(request.url ?? '', 'http://host')?.searchParams.has('token') ?? false
}

/** Path of a request without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? ''
}
