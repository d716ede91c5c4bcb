import { randomBytes } from 'node:crypto'
import { readRequest, writtenApproval, type Approval } from '../../electron/engine/actions/approvalFiles.ts'
import type { ExpectedAccounts } from '../../electron/vault/expectedAccounts.ts'
import { Identities, IDENTITY_ACCOUNT, type Identity } from '../../electron/vault/identities.ts'
import { memoryKeychain } from '../../electron/vault/testing/memoryKeychain.ts'

/** Somebody who approves, at a computer of their own. */
export interface Person {
  identity: Identity
  /** Answers a request with an approval; `more` is what is wrong with it. */
  approve: (request: string, more?: Partial<Approval>) => Promise<string>
}

/** A person with a new key. */
export async function newPerson(name: string): Promise<Person> {
  const identities = identitiesIn(memoryKeychain())
  return personOf(identities, await identities.create(name))
}

/** The person whose key is the first of those that a keychain kept. */
export async function keptPerson(kept: string): Promise<Person> {
  const keychain = memoryKeychain()
  keychain.entries.set(IDENTITY_ACCOUNT, kept)
  const identities = identitiesIn(keychain)
  const [identity] = await identities.held()
  if (identity === undefined) throw new Error('No identity was kept.')
  return personOf(identities, identity)
}

function identitiesIn({ keychain }: ReturnType<typeof memoryKeychain>): Identities {
  const accounts: ExpectedAccounts = {
    setAtMs: () => Promise.resolve(null),
    has: () => Promise.resolve(false),
    add: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  }
  return new Identities({ keychain, accounts, nowMs: Date.now })
}

function personOf(identities: Identities, identity: Identity): Person {
  return {
    identity,
    approve: (text, more = {}) => {
      const { hash, requestedBy, expiresAtMs } = readRequest(text)
      const approval: Approval = {
        hash,
        requester: requestedBy.publicKey,
        approver: identity,
        approvedAtMs: Date.now(),
        expiresAtMs,
        nonce: randomBytes(16).toString('hex'),
        ...more,
      }
      return writtenApproval(approval, (unsigned) => identities.sign(identity.publicKey, unsigned))
    },
  }
}
