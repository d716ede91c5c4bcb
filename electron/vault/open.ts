import { takeFromEnvironment } from './environment.ts'
import { openExpectedAccounts } from './expectedAccounts.ts'
import { openKeychain } from './keychain.ts'
import { startKeytarChild } from './keytarChild.ts'
import { keyringState } from './secretService.ts'
import { sessionBus } from './sessionBus.ts'
import { Vault } from './vault.ts'

/** What opening a vault needs. */
export interface OpenVaultOptions {
  /** Folder with the list of what should be in the keychain. */
  dataDir: string
  /** File of `electron/keychain.ts`, built or not. */
  keychainUrl: URL
  /** Loses the credentials that are read from it. */
  env: NodeJS.ProcessEnv
  nowMs: () => number
  /** Patience with the keychain, milliseconds; default 30 s, for a person who must type a password. */
  answerMs?: number
}

/** Opens the vault of a data folder on this platform's keychain, which is asked on first use. */
export function openVault(options: OpenVaultOptions): Vault {
  const { dataDir, keychainUrl, env, nowMs, answerMs } = options
  const accounts = openExpectedAccounts(dataDir)
  const end = new AbortController()
  const bus = sessionBus(env, end.signal)
  const isLinux = process.platform === 'linux'
  const child = startKeytarChild({ url: keychainUrl, env, ...(answerMs === undefined ? {} : { answerMs }) })
  return new Vault({
    keychain: openKeychain({
      calls: {
        ask: child.ask,
        close: () => {
          end.abort()
          child.close()
        },
      },
      keyring: isLinux ? () => keyringState(bus, env) : null,
      isExpected: accounts.has,
      platform: process.platform,
    }),
    accounts,
    environment: takeFromEnvironment(env),
    nowMs,
  })
}
