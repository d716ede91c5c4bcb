import type { Trouble } from '../kit/keepConnected.ts'
import { pauseOf } from '../kit/retryAfter.ts'
import { HandshakeRefused } from '../kit/transports.ts'
import { redirected, refused, retrying, troubleOfNetwork } from '../kit/trouble.ts'

/** Why an attempt failed, from what the Socket.IO library reports, in words with what to do. */
export function troubleOfError(error: unknown, { url, nowMs }: { url: string; nowMs: number }): Trouble {
  const text = tellingText(error)
  if (/redirect/i.test(text)) return redirected(url)
  const network = troubleOfNetwork(text, url)
  if (network !== null) return network
  const refusal = refusalIn(error)
  const status = refusal?.status ?? 0
  if (status === 401 || status === 403) return unauthorised(`HTTP ${status}`)
  if (status === 429 || status >= 500) {
    const tip = 'It is overloaded or down behind its proxy; the console keeps trying.'
    const trouble = retrying(`The server answers HTTP ${status}.`, tip)
    const retryAfter = refusal?.retryAfter ?? null
    return retryAfter === null ? trouble : { ...trouble, pauseMs: pauseOf(retryAfter, nowMs) }
  }
  if (status >= 300 && status <= 399) return redirected(url)
  if (status > 0 || /server error|parse|unexpected server response/i.test(text)) {
    const reason = `The server at ${url} speaks HTTP${status > 0 ? ` (${status})` : ''} but not Socket.IO there.`
    return refused(reason, 'Check `url` and the setting `path` in the profile.')
  }
  if (/invalid namespace/i.test(text)) {
    return refused(
      'The server does not have this namespace.',
      'Check the setting `namespace` in the profile.',
    )
  }
  if (/unauthori[sz]ed|not authori[sz]ed|forbidden|authentication|invalid token/i.test(text))
    return unauthorised(text)
  return retrying(
    `The server refused the connection: ${text.slice(0, 200)}.`,
    'Ask who runs the server; the console keeps trying.',
  )
}

/** Why an open connection ended, from the library's word for it. */
export function troubleOfEnd(reason: string, url: string): Trouble {
  switch (reason) {
    case 'io server disconnect':
      return retrying(
        'The server closed the connection.',
        'It may be restarting or shedding load; the console reconnects.',
      )
    case 'ping timeout':
      return retrying(
        'The server’s heartbeat stopped.',
        'The server or the network is stuck; the console reconnects.',
      )
    case 'transport close':
    case 'transport error':
      return retrying(
        `The connection to ${url} broke.`,
        'Check the network and the server; the console reconnects.',
      )
    default:
      return retrying(`The connection ended: ${reason}.`, 'The console reconnects by itself.')
  }
}

function unauthorised(found: string): Trouble {
  const tip = 'This console sends no credential to a Fusion backend: ask who runs it to let this machine in.'
  return {
    state: 'needs-credentials',
    reason: `The server lets nobody in without a credential (${found.slice(0, 100)}).`,
    tip,
  }
}

/** The library wraps the cause in `description`: an error event with its error, or what `fetch` failed with and its cause. */
function tellingText(error: unknown): string {
  const { message, code, description } = partsOf(error)
  const { message: inner, error: cause, cause: reason } = partsOf(description)
  const { message: innermost, code: innerCode } = partsOf(cause)
  const { message: reasonText, code: reasonCode } = partsOf(reason)
  return [code, innerCode, reasonCode, inner, innermost, reasonText, message]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ')
}

function refusalIn(error: unknown): HandshakeRefused | null {
  const { description } = partsOf(error)
  const { error: cause } = partsOf(description)
  return [description, cause].find((found) => found instanceof HandshakeRefused) ?? null
}

function partsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
