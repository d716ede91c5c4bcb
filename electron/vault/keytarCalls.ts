/** One thing asked of the keychain. The answer is the value, or null; for a deletion whether there was one. */
export type KeytarCall =
  | { verb: 'get'; account: string }
  | { verb: 'set'; account: string; value: string }
  | { verb: 'delete'; account: string }

/** What came of a call: a value, its absence, or the library's own words. */
export type KeytarReply = { value: string | null } | { error: string }

/** Asks the platform's keychain, one thing at a time. Rejects with the library's words, or when it takes too long. */
export interface KeytarCalls {
  ask: (call: KeytarCall) => Promise<string | null>
  /** Ends whatever is under way at once; every later call is refused. */
  close: () => void
}
