import type { CommandRequest, Sent } from '../command.ts'
import type { OfferedCredential } from '../kit/offeredCredential.ts'
import { readBody, tellReading } from '../kit/readings.ts'
import { redact } from '../kit/redact.ts'
import { sendOnce } from '../kit/sendOnce.ts'
import type { Site } from '../upstream.ts'
import { authoriserOf } from './api.ts'
import type { DefiSettings } from './index.ts'
import { CREATED } from './wire.ts'

/** What sending needs. */
export interface Sender {
  site: Site<DefiSettings>
  credential: OfferedCredential
  /** Runs beside everything else. */
  inBackground: (name: string, work: Promise<unknown>) => void
}

/**
 * Sends the request of a command once, with what shows the credential made at this moment. Never fails. The answer that creates an
 * intent is journaled with its request, since no later one repeats what they say.
 */
export async function send(sender: Sender, request: CommandRequest, signal: AbortSignal): Promise<Sent> {
  const { site, inBackground } = sender
  let headers: Record<string, string>
  try {
    headers = await headersOf(sender, request)
  } catch (error) {
    const why = redact(error instanceof Error ? error.message : String(error))
    return { kind: 'not-sent', why: `Nothing was sent, for it could not be signed: ${why}` }
  }
  const sent = await sendOnce(request, {
    clock: site.clock,
    headers,
    signal: AbortSignal.any([site.signal, signal]),
  })
  if (isCreation(request) && sent.kind === 'answered' && sent.httpStatus < 300)
    inBackground('Keeping what an intent was created from', tellCreation(site, request, sent))
  return sent
}

async function headersOf(
  { site, credential }: Sender,
  { method, url, body }: CommandRequest,
): Promise<Record<string, string>> {
  const { generation, publicKeyForm } = site.connection.settings
  const authorise = authoriserOf(generation, { nowMs: site.clock.nowMs, publicKeyForm })
  return authorise(await credential.read(), { method, url, body })
}

/** Whether a request creates an intent: the list of intents is posted to, not one of them. */
function isCreation({ method, url }: CommandRequest): boolean {
  return method === 'POST' && /\/v1\/intents\/?$/.test(url)
}

async function tellCreation(
  site: Site<DefiSettings>,
  { body }: CommandRequest,
  { httpStatus, text: answered, atMs }: Extract<Sent, { kind: 'answered' }>,
): Promise<void> {
  const { text, read } = readBody(answered)
  if ('damage' in read) return
  const known = JSON.stringify({ requestedId: null, httpStatus, firstReadAtMs: atMs, notBeforeMs: null })
  const payload = `${known.slice(0, -1)},"asked":${redact(body ?? 'null')},"body":${text}}`
  await tellReading(site, { kind: CREATED, origin: 'poll', receivedAtMs: atMs, payload })
}
