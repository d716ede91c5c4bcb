import { SUBPROTOCOL } from '../../shared/api/contract.ts'
import { requestText } from './rawHttp.ts'

/** A host to be visited: where it listens and what its page knows. */
export interface Target {
  port: number
  token: string
}

/** One way to fill one place of a request. `isGood` is what the console's own page would send there. */
export interface Variant<T> {
  name: string
  isGood: boolean
  values: (target: Target) => T
}

const good = <T>(values: Variant<T>['values']): Variant<T> => ({ name: 'good', isGood: true, values })
const bad = <T>(name: string, values: Variant<T>['values']): Variant<T> => ({ name, isGood: false, values })

const address = ({ port }: Target): string => `127.0.0.1:${String(port)}`
const origin = (target: Target): string => `http://${address(target)}`

/** Values of `Host`, each of a header of its own. */
export const HOSTS: readonly Variant<string[]>[] = [
  good((target) => [address(target)]),
  bad('none', () => []),
  bad('two', (target) => [address(target), address(target)]),
  bad('ours and a stranger', (target) => [address(target), 'evil.test']),
  bad('localhost', ({ port }) => [`localhost:${String(port)}`]),
  bad('a short form', ({ port }) => [`127.1:${String(port)}`]),
  bad('a number', ({ port }) => [`2130706433:${String(port)}`]),
  bad('any address', ({ port }) => [`0.0.0.0:${String(port)}`]),
  bad('IPv6', ({ port }) => [`[::1]:${String(port)}`]),
  bad('IPv4 in IPv6', ({ port }) => [`[::ffff:127.0.0.1]:${String(port)}`]),
  bad('a trailing dot', ({ port }) => [`127.0.0.1.:${String(port)}`]),
  bad('no port', () => ['127.0.0.1']),
  bad('another port', ({ port }) => [`127.0.0.1:${String(port + 1)}`]),
  bad('a leading zero in the port', ({ port }) => [`127.0.0.1:0${String(port)}`]),
  bad('a rebound name', ({ port }) => [`evil.test:${String(port)}`]),
  bad('a name in front', ({ port }) => [`evil.test@127.0.0.1:${String(port)}`]),
  bad('a list', (target) => [`${address(target)}, evil.test`]),
]

/** Values of `Origin`, each of a header of its own; a page must name it on a socket, not on a plain request. */
export const ORIGINS: readonly Variant<string[]>[] = [
  good((target) => [origin(target)]),
  bad('missing', () => []),
  bad('null', () => ['null']),
  bad('empty', () => ['']),
  bad('a file', () => ['file://']),
  bad('another port', ({ port }) => [`http://127.0.0.1:${String(port + 1)}`]),
  bad('no port', () => ['http://127.0.0.1']),
  bad('another scheme', (target) => [`https://${address(target)}`]),
  bad('a prefix', (target) => [origin(target).slice(0, -1)]),
  bad('a suffix', (target) => [`${origin(target)}0`]),
  bad('a name behind', (target) => [`${origin(target)}.evil.test`]),
  bad('a path', (target) => [`${origin(target)}/`]),
  bad('another case', (target) => [`HTTP://${address(target)}`]),
  bad('localhost', ({ port }) => [`http://localhost:${String(port)}`]),
  bad('two', (target) => [origin(target), origin(target)]),
]

/** Values of `Sec-WebSocket-Protocol`; null leaves it out. */
export const TOKENS: readonly Variant<string | null>[] = [
  good(({ token }) => `${SUBPROTOCOL}, token.${token}`),
  bad('nothing', () => null),
  bad('no token', () => SUBPROTOCOL),
  bad('an empty token', () => `${SUBPROTOCOL}, token.`),
  bad('a wrong token', () => `${SUBPROTOCOL}, token.wrong`),
  bad('a token cut short', ({ token }) => `${SUBPROTOCOL}, token.${token.slice(0, -1)}`),
  bad('a token in another case', ({ token }) => `${SUBPROTOCOL}, token.${swapCase(token)}`),
  bad('two tokens', ({ token }) => `${SUBPROTOCOL}, token.${token}, token.x`),
  bad('the token alone', ({ token }) => `token.${token}`),
  bad('another version', ({ token }) => `${SUBPROTOCOL}0, token.${token}`),
]

/** First lines of an upgrade. */
const LINES: readonly Variant<string>[] = [
  good(() => 'GET /rpc HTTP/1.1'),
  bad('an absolute address', (target) => `GET ${origin(target)}/rpc HTTP/1.1`),
  bad('the token in the query', ({ token }) => `GET /rpc?token=${token} HTTP/1.1`),
  bad('a query', () => 'GET /rpc? HTTP/1.1'),
  bad('a slash too many', () => 'GET /rpc/ HTTP/1.1'),
  bad('two slashes', () => 'GET //rpc HTTP/1.1'),
  bad('an escape', () => 'GET /%72pc HTTP/1.1'),
  bad('another case', () => 'GET /RPC HTTP/1.1'),
  bad('another path', () => 'GET / HTTP/1.1'),
  bad('POST', () => 'POST /rpc HTTP/1.1'),
  bad('HEAD', () => 'HEAD /rpc HTTP/1.1'),
  bad('OPTIONS', () => 'OPTIONS /rpc HTTP/1.1'),
]

/** One request that asks for a socket. */
export interface Visit {
  host: Variant<string[]>
  origin: Variant<string[]>
  token: Variant<string | null>
  line: Variant<string>
}

/** A visit as the console's own page makes it, but for what is given. */
export function visitWith(different: Partial<Visit> = {}): Visit {
  const [host, origin, token, line] = [HOSTS[0], ORIGINS[0], TOKENS[0], LINES[0]]
  if (host === undefined || origin === undefined || token === undefined || line === undefined) {
    throw new Error('There is no good visit.')
  }
  return { host, origin, token, line, ...different }
}

/** Every host with every origin and every token, and every first line with all that; one of them is good. */
export function allVisits(): Visit[] {
  const people = HOSTS.flatMap((host) =>
    ORIGINS.flatMap((origin) => TOKENS.map((token) => visitWith({ host, origin, token }))),
  )
  const places = LINES.slice(1).flatMap((line) => [
    visitWith({ line }),
    ...HOSTS.slice(1).map((host) => visitWith({ line, host })),
    ...ORIGINS.slice(1).map((origin) => visitWith({ line, origin })),
    ...TOKENS.slice(1).map((token) => visitWith({ line, token })),
  ])
  return [...people, ...places]
}

/** A visit in words. */
export function nameOf({ host, origin, token, line }: Visit): string {
  return `host ${host.name}, origin ${origin.name}, token ${token.name}, line ${line.name}`
}

/** A visit as bytes. */
export function textOf({ host, origin, token, line }: Visit, target: Target): string {
  const protocols = token.values(target)
  return requestText(line.values(target), [
    ...host.values(target).map((value) => ['Host', value] as const),
    ...origin.values(target).map((value) => ['Origin', value] as const),
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ...(protocols === null ? [] : [['Sec-WebSocket-Protocol', protocols] as const]),
  ])
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
