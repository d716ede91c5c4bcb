import type { ProfileConnection } from '../../shared/api/profile.ts'
import type { Keychain } from './keychain.ts'

/** Where a credential comes from and what is done when it cannot be had. */
export interface CredentialSources {
  env: NodeJS.ProcessEnv
  keychain: Keychain
  /** Told one sentence without any value when the keychain cannot be asked. */
  onUnavailable: (sentence: string) => void
}

/**
 * Makes the reader of credentials: `none` and what is not set are null. Read anew at each use, never kept.
 * `env:NAME` is read from the environment, `keychain` under the connection's own id.
 */
export function createCredentialReader(
  sources: CredentialSources,
): (connection: ProfileConnection) => Promise<string | null> {
  return async ({ id, credential }) => {
    if (credential === 'none') return null
    if (credential.startsWith('env:')) return sources.env[credential.slice('env:'.length)] ?? null
    const answer = await sources.keychain.get(id)
    switch (answer.state) {
      case 'present':
        return answer.value
      case 'missing':
        return null
      case 'unavailable':
        sources.onUnavailable(`No credential for the connection ${id}: ${answer.why}`)
        return null
    }
  }
}
