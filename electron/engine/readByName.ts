import type { Intent } from '../../shared/intent/intent.ts'
import { mainIdOf } from '../../shared/intent/mainId.ts'
import type { Link } from '../upstreams/upstream.ts'

/** Names tried for one intent: a system has two at most, the client's and the contract's. */
const NAMES_TRIED = 3

/**
 * Reads an intent again under the name that its system has for it now; answers that name, null when it knows none of them. Fails as
 * `Link.reread` does.
 */
export async function readByName(
  link: Pick<Link, 'reread'>,
  intent: Pick<Intent, 'id' | 'connection' | 'aliases'>,
): Promise<string | null> {
  for (const name of namesOf(intent)) if (await link.reread(name)) return name
  return null
}

/** Names of the same sort as the main id, the newest first, since ids are replaced; the main id last. */
function namesOf(intent: Pick<Intent, 'id' | 'connection' | 'aliases'>): string[] {
  const main = mainIdOf(intent)
  const kind = intent.aliases.find(({ value }) => value === main)?.kind
  const others = intent.aliases.filter((alias) => alias.kind === kind && alias.value !== main)
  const newest = others.map(({ value }) => value).reverse()
  return [...newest.slice(0, NAMES_TRIED - 1), main]
}
