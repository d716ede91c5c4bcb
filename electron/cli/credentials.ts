import type { CredentialKeeping, CredentialStatus } from '../../shared/api/credential.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { Profile } from '../../shared/api/profile.ts'
import { lastUsedProfile } from '../engine/savedProfiles.ts'
import { shortened } from '../engine/shortened.ts'
import { openVault } from '../vault/open.ts'
import type { CredentialOwner, Vault } from '../vault/vault.ts'
import { readProfileFile } from './choice.ts'
import type { CredentialOptions } from './credential.ts'
import { chosenDataDir, createDataDir } from './dataDir.ts'
import { readSecret } from './secretInput.ts'
import type { Surroundings } from './surroundings.ts'

/** Keeps the value that stands on stdin. Fails with `not-found`, `usage`, or `closed` when no keychain can keep it. */
export function setCredential(
  name: string,
  options: CredentialOptions,
  surroundings: Surroundings,
): Promise<CredentialStatus> {
  return changed({ name, options, surroundings }, async (vault, connection) => {
    const keeping = await vault.keeping()
    // Held in memory it would be gone with this command.
    if (keeping.place === 'memory') throw noKeychain(keeping, name)
    const value = await readSecret(surroundings.input ?? process.stdin, surroundings.say)
    await vault.set({ connection, value, accepts: options.accept })
  })
}

/** Forgets the value of a connection. Fails with `not-found` or `closed`. */
export function clearCredential(
  name: string,
  options: CredentialOptions,
  surroundings: Surroundings,
): Promise<CredentialStatus> {
  return changed({ name, options, surroundings }, (vault, connection) => vault.clear(connection))
}

/** How the credential of one connection fares, or those of all connections of the profile. */
export function credentialStatus(
  name: string | undefined,
  options: CredentialOptions,
  surroundings: Surroundings,
): Promise<{ keeping: CredentialKeeping; connections: CredentialStatus[] }> {
  return withVault(options, surroundings, async (vault, profile) => {
    if (name === undefined && profile === null) {
      throw new Failure('not-found', 'No profile was ever used with this data folder.', {
        tip: 'Give one with --profile, or name a connection.',
      })
    }
    const wanted = name === undefined ? (profile?.connections ?? []) : [connectionNamed(name, profile)]
    return {
      keeping: await vault.keeping(),
      connections: await Promise.all(wanted.map((connection) => vault.status(connection))),
    }
  })
}

/** Changes what is kept for one connection and answers how it fares then. */
function changed(
  asked: { name: string; options: CredentialOptions; surroundings: Surroundings },
  change: (vault: Vault, connection: CredentialOwner) => Promise<unknown>,
): Promise<CredentialStatus> {
  return withVault(asked.options, asked.surroundings, async (vault, profile) => {
    const connection = connectionNamed(asked.name, profile)
    await change(vault, connection)
    return vault.status(connection)
  })
}

async function withVault<T>(
  options: CredentialOptions,
  { build, clock, env }: Surroundings,
  work: (vault: Vault, profile: Profile | null) => Promise<T>,
): Promise<T> {
  const dataDir = chosenDataDir(options.data, env)
  const profile = await profileFor(options.profile, dataDir)
  createDataDir(dataDir)
  const vault = openVault({ dataDir, keychainUrl: build.keychainUrl, env, nowMs: clock.nowMs })
  try {
    return await work(vault, profile)
  } finally {
    vault.close()
  }
}

async function profileFor(file: string | undefined, dataDir: string): Promise<Profile | null> {
  if (file !== undefined) return readProfileFile(file)
  const last = await lastUsedProfile(dataDir)
  return last === null || last.isDemo ? null : last.profile
}

/** A connection of the profile. Before a folder was ever used, a credential can be set for any name, ahead of its profile. */
function connectionNamed(name: string, profile: Profile | null): CredentialOwner {
  if (profile === null) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name)) {
      throw new Failure('usage', `“${shortened(name)}” cannot be the name of a connection.`)
    }
    return { id: name, credential: 'keychain' }
  }
  const found = profile.connections.find(({ id }) => id === name)
  if (found !== undefined) return found
  throw new Failure('not-found', `The profile “${profile.name}” has no connection “${shortened(name)}”.`, {
    tip: `It has: ${profile.connections.map(({ id }) => id).join(', ') || 'none'}.`,
  })
}

function noKeychain({ why, tip }: CredentialKeeping, name: string): Failure {
  return new Failure('closed', why, {
    tip: `${tip} On the Settings screen “${name}” can have one until the console quits.`,
  })
}
