/** The kinds of system that the console watches, as profiles and queries name them: the one list of them. */
export const SYSTEM_NAMES = [
  'fusion',
  'oneinch-fusion',
  'oneinch-fusion-plus',
  'flashnet',
  'defi-api',
] as const

/** One of the kinds of system that the console watches. */
export type SystemName = (typeof SYSTEM_NAMES)[number]

/** One configured instance of a system in a profile; its `id` there. */
export type ConnectionId = string & { readonly __brand: 'ConnectionId' }

/**
 * The console's own id of an intent: `<connection>:<main alias>`, lower case, so that its last six characters are
 * those of the id that the system itself uses.
 */
export type IntentId = string & { readonly __brand: 'IntentId' }

/** A name under which one connection knows an intent. Two intents of one connection never share an alias. */
export interface Alias {
  /** `intentId`, `orderHash`, `submissionId`, …: the system's own term. */
  kind: string
  /** Verbatim, as the system wrote it. */
  value: string
}

/** Anything else an intent can be found by: addresses, transaction hashes, tokens. Many intents may share one. */
export interface Mention {
  kind: string
  value: string
}

/** Marks a text as the id of a connection. */
export function connectionId(text: string): ConnectionId {
  return text as ConnectionId
}

/** The console id of an intent first met under `alias` on `connection`. */
export function intentIdOf(connection: ConnectionId, alias: Alias): IntentId {
  return `${connection}:${alias.value.toLowerCase()}` as IntentId
}

/**
 * The form in which identifiers are compared: lower case, without `0x`, without dashes.
 * A console id loses its connection prefix only in `find`, never here.
 */
export function comparableId(text: string): string {
  const lower = text.trim().toLowerCase()
  const bare = lower.startsWith('0x') ? lower.slice(2) : lower
  return bare.includes('-') ? bare.replaceAll('-', '') : bare
}
