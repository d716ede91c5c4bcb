import { createHash, randomBytes } from 'node:crypto'

/** A credential that is read anew at each use. What was offered last is remembered by its fingerprint, never kept. */
export interface OfferedCredential {
  /** Reads it, to be offered now; null when there is none. */
  read: () => Promise<string | null>
  /** Whether it is another one than was offered last; the first look counts as an offer when nothing was. */
  hasChanged: () => Promise<boolean>
}

/** Makes a credential that can be told from the one offered before. */
export function offeredCredential(read: () => Promise<string | null>): OfferedCredential {
  // Salted, so that a fingerprint in a memory dump says nothing about a weak credential.
  const salt = randomBytes(16)
  let offered: string | null = null

  function fingerprintOf(value: string | null): string {
    return createHash('sha256')
      .update(salt)
      .update(value === null ? 'none' : `some ${value}`)
      .digest('hex')
  }

  return {
    read: async () => {
      const value = await read()
      offered = fingerprintOf(value)
      return value
    },
    hasChanged: async () => {
      const present = fingerprintOf(await read())
      offered ??= present
      return present !== offered
    },
  }
}
