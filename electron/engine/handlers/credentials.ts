import { Failure } from '../../../shared/api/failure.ts'
import type { Vault } from '../../vault/vault.ts'
import { liveOf, type Desk } from '../desk.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `credentials`. A value passes through `set` towards the vault; nothing comes back but its state. */
export function credentialHandlers(os: ContractImplementer, desk: Desk) {
  return {
    status: os.credentials.status.handler(async () => {
      const vault = vaultOf(desk)
      const connections = liveOf(desk).connections.all()
      // Not all at once with `keeping`: the keychain takes its callers one by one.
      const keeping = await vault.keeping()
      return {
        keeping,
        connections: await Promise.all(connections.map((connection) => connection.credentialNow())),
      }
    }),
    set: os.credentials.set.handler(async ({ input: { connection: id, value, accepts } }) => {
      const connection = liveOf(desk).connections.named(id)
      await vaultOf(desk).set({ connection: connection.profile, value, accepts })
      return connection.credentialChanged()
    }),
    clear: os.credentials.clear.handler(async ({ input: { connection: id } }) => {
      const connection = liveOf(desk).connections.named(id)
      await vaultOf(desk).clear(connection.profile)
      return connection.credentialChanged()
    }),
  }
}

function vaultOf(desk: Desk): Vault {
  const { vault } = liveOf(desk)
  if (vault !== null) return vault
  throw new Failure('closed', 'This host keeps no credentials.')
}
