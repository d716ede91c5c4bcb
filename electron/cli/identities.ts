import { userInfo } from 'node:os'
import { Failure } from '../../shared/api/failure.ts'
import type { Identities, Identity } from '../vault/identities.ts'
import { openVault } from '../vault/open.ts'
import { chosenDataDir, createDataDir } from './dataDir.ts'
import type { IdentityOptions } from './identity.ts'
import type { Surroundings } from './surroundings.ts'

/** Longest name of an identity, characters: as in a profile. */
const LONGEST_NAME = 60

/** Makes an identity and keeps it in the keychain. Fails with `usage`, or with `closed` where none can keep it. */
export function createIdentity(
  name: string | undefined,
  options: IdentityOptions,
  surroundings: Surroundings,
): Promise<Identity> {
  const chosen = (name ?? userInfo().username).trim()
  if (chosen === '' || chosen.length > LONGEST_NAME) {
    throw new Failure('usage', `The name of an identity has 1 to ${String(LONGEST_NAME)} characters.`)
  }
  return withIdentities(options, surroundings, (identities) => identities.create(chosen, options.accept))
}

/** The identities of this computer, the one that asks first. Fails with `not-found` when there is none, or with `closed`. */
export function identitiesHere(
  options: { data?: string },
  surroundings: Surroundings,
): Promise<[Identity, ...Identity[]]> {
  return withIdentities(options, surroundings, heldAtLeastOne)
}

/** Runs work with the identities of this computer. */
export async function withIdentities<T>(
  options: { data?: string },
  { build, clock, env }: Surroundings,
  work: (identities: Identities) => Promise<T>,
): Promise<T> {
  const dataDir = chosenDataDir(options.data, env)
  createDataDir(dataDir)
  const vault = openVault({ dataDir, keychainUrl: build.keychainUrl, env, nowMs: clock.nowMs })
  try {
    return await work(vault.identities)
  } finally {
    vault.close()
  }
}

/**
 * Fails with `closed` unless an identity is kept that a later run has too: an approval holds for whoever asked alone. To be asked
 * before one is made in memory.
 */
export async function refuseUnlessLasting(identities: Pick<Identities, 'held'>): Promise<void> {
  if ((await identities.held()).length > 0) return
  throw new Failure(
    'closed',
    'No identity is kept on this computer, so no later run could use the approval; nothing was asked for.',
    {
      tip: 'Make one with `intent-console identity create`; where there is no keychain to keep it, set one up, or ask from a computer that has one.',
    },
  )
}

/** All identities that are held; fails with `not-found` when there is none. */
export async function heldAtLeastOne(identities: Identities): Promise<[Identity, ...Identity[]]> {
  const [first, ...others] = await identities.held()
  if (first !== undefined) return [first, ...others]
  throw new Failure('not-found', 'There is no identity on this computer.', {
    tip: 'Make one with `intent-console identity create`.',
  })
}
