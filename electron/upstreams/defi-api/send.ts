import type { CommandRequest, Sent, Verdict } from '../command.ts'
import type { OfferedCredential } from '../kit/offeredCredential.ts'
import { readBody, tellReading } from '../kit/readings.ts'
import { redact } from '../kit/redact.ts'
import { sendOnce } from '../kit/sendOnce.ts'
import { met, unmet } from '../kit/verdict.ts'
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

/** Whether what shows who asks can be made for a request. Says nothing of the credential itself. */
export async function canShowCredential({ site }: Sender, request: CommandRequest): Promise<Verdict> {
  try {
    // Read past what remembers an offer: nothing is offered yet.
    const key = await site.credential()
    if (key === null && site.connection.settings.generation === 'signed') return unmet(UNSIGNED)
    headersOf(site, key, request)
    return met()
  } catch (error) {
    return unmet(redact(error instanceof Error ? error.message : String(error)))
  }
}

const UNSIGNED =
  'The generation “signed” takes signed requests only, and this connection has no key to sign with. Set its RSA private key.'

/**
 * Sends the request of a command once, with what shows the credential made at this moment. Never fails. The answer that creates an
 * intent is journaled with its request, since no later one repeats what they say.
 */
export async function send(sender: Sender, request: CommandRequest, signal: AbortSignal): Promise<Sent> {
  const { site, inBackground } = sender
  let headers: Record<string, string>
  try {
    headers = headersOf(site, await sender.credential.read(), request)
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

function headersOf(
  { connection, clock }: Site<DefiSettings>,
  key: string | null,
  { method, url, body }: CommandRequest,
): Record<string, string> {
  const { generation, publicKeyForm } = connection.settings
  const authorise = authoriserOf(generation, { nowMs: clock.nowMs, publicKeyForm })
  return authorise(key, { method, url, body })
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
