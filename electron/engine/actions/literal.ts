import type { LiteralRequest } from '../../../shared/api/action.ts'
import type { CommandRequest } from '../../upstreams/command.ts'
import { numberText, readJson } from '../../upstreams/kit/exactJson.ts'
import { fingerprintOf, redact } from '../../upstreams/kit/redact.ts'
import { everyFormOf } from '../../upstreams/kit/secretForms.ts'

/** Stands for the value of a header that shows the credential. */
const DOTS = '••••••••'

/** A request as a person is shown it: the very text, but for secret headers and secrets in the body. */
export function shownRequest({ method, url, body, secretHeaders, secrets }: CommandRequest): LiteralRequest {
  const bodyText = body === null ? null : withoutSecrets(body, secrets)
  const ofBody: [string, string][] =
    body === null
      ? []
      : [
          ['content-type', 'application/json'],
          ['content-length', String(new TextEncoder().encode(body).byteLength)],
        ]
  return {
    method,
    url,
    headers: [['accept', 'application/json'], ...ofBody, ...secretHeaders.map(dotted)],
    body: bodyText === null ? null : valueOf(bodyText),
    bodyText,
  }
}

/** A request as the ledger keeps it: signatures redacted too. */
export function keptRequest(request: CommandRequest): LiteralRequest {
  const shown = shownRequest(request)
  const bodyText = shown.bodyText === null ? null : redact(shown.bodyText)
  return { ...shown, bodyText, body: bodyText === null ? null : valueOf(bodyText) }
}

/** A text with every one of these secrets replaced by its fingerprint, in whatever form it stands there. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => !/^(?:0x)?$/i.test(secret))
    .reduce((rest, secret) => rest.replace(everyFormOf(secret), fingerprintOf(secret)), text)
}

/** The JSON value of a text, numbers that JavaScript would round as their digits; the text itself where it is no JSON. */
export function valueOf(text: string): unknown {
  if (text === '') return null
  const read = readJson(text)
  return 'value' in read ? plain(read.value) : text
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return numberText(value) ?? JSON.stringify(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

function dotted(name: string): [string, string] {
  return [name.toLowerCase(), DOTS]
}
