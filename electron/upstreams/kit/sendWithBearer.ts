import type { CommandRequest, Sent } from '../command.ts'
import type { TestSite } from '../upstream.ts'
import { redact } from './redact.ts'
import { sendOnce } from './sendOnce.ts'

/** The header that shows a key, which the link adds; as a rule no value of a body is secret. */
const BEARER = { secretHeaders: ['authorization'], secrets: [] } as const

/** A GET that shows the connection's key. */
export function bearerGet(url: string): CommandRequest {
  return { method: 'GET', url, body: null, ...BEARER }
}

/** A POST of a JSON object that shows the connection's key; fields that are undefined are left out. */
export function bearerPost(url: string, body: object): CommandRequest {
  return { method: 'POST', url, body: JSON.stringify(body), ...BEARER }
}

/** Sends one request of a command once, showing the connection's key where it has one. Never fails. */
export async function sendWithBearer(
  site: Pick<TestSite, 'clock' | 'credential' | 'signal'>,
  request: CommandRequest,
  signal: AbortSignal,
): Promise<Sent> {
  let key: string | null
  try {
    key = await site.credential()
  } catch (error) {
    const why = redact(error instanceof Error ? error.message : String(error))
    return { kind: 'not-sent', why: `Nothing was sent, for the credential could not be read: ${why}` }
  }
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` }
  return sendOnce(request, { clock: site.clock, headers, signal: AbortSignal.any([site.signal, signal]) })
}
