import { Failure } from '../../../shared/api/failure.ts'
import type { SentRequest } from '../kit/http.ts'
import { signedHeaders, type Signing } from './signing.ts'

/** The three incompatible generations of the API, which a profile names. */
export type Generation = 'affiliate' | 'execution' | 'signed'

/** Ids that may stand in a path. Upstream text is hostile: no id may ever lead to another end point. */
const SAFE_ID = /^(?!\.+$)[\w.:-]{1,200}$/

/** What a generation is like. */
interface Traits {
  /** What stands between the host and `/v1`. */
  prefix: string
  hasList: boolean
}

const TRAITS: Record<Generation, Traits> = {
  affiliate: { prefix: '/affiliate', hasList: false },
  execution: { prefix: '', hasList: false },
  signed: { prefix: '', hasList: true },
}

/** Whether a generation can list its swaps. */
export function hasList(generation: Generation): boolean {
  return TRAITS[generation].hasList
}

/** Where all paths of a generation begin: the profile's URL with or without the generation's own prefix and version. */
export function baseUrlOf(url: string, generation: Generation): string {
  const { prefix } = TRAITS[generation]
  const bare = url.replace(/\/+$/, '').replace(/\/v1$/, '')
  return `${prefix !== '' && bare.endsWith(prefix) ? bare : bare + prefix}/v1`
}

/** The path of one intent. Fails with `usage` for an id that could lead elsewhere. */
export function intentPath(id: string): string {
  if (SAFE_ID.test(id)) return `/intents/${encodeURIComponent(id)}`
  throw new Failure('usage', 'This id cannot be read: it holds characters that no intent id has.', {
    tip: 'Check the id; letters, digits, dots, colons, dashes and underscores are accepted.',
  })
}

/** How a generation shows a credential; null: none is given. */
export function authoriserOf(
  generation: Generation,
  signing: Signing,
): (credential: string | null, request: SentRequest) => Record<string, string> {
  return (credential, request) => {
    if (credential === null) return {}
    return generation === 'signed'
      ? signedHeaders(credential, request, signing)
      : { 'x-api-key': credential.trim() }
  }
}
