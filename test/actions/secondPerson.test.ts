import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRequest, writtenApproval, type Approval } from '../../electron/engine/actions/approvalFiles.ts'
import { openExpectedAccounts } from '../../electron/vault/expectedAccounts.ts'
import { IDENTITY_ACCOUNT, type Identities, type Identity } from '../../electron/vault/identities.ts'
import { memoryKeychain } from '../../electron/vault/testing/memoryKeychain.ts'
import { Vault } from '../../electron/vault/vault.ts'
import type { ActAnswer, Rehearsal } from '../../shared/api/action.ts'
import { canaryOf, formsIn } from '../secrets/canary.ts'
import { ActionBench } from './actionBench.ts'

const MINUTE_MS = 60_000

let bench: ActionBench
let kept: ReturnType<typeof memoryKeychain>
/** Of the console that asks. */
let vault: Vault
/** Of another computer. */
let elsewhere: Vault
let ada: Identity
let bob: Identity

beforeEach(async () => {
  bench = await ActionBench.open()
  kept = memoryKeychain()
  vault = vaultOf(kept)
  elsewhere = vaultOf()
  ada = await vault.identities.create('Ada')
  bob = await elsewhere.identities.create('Bob')
})

afterEach(() => bench.close())

function vaultOf({ keychain } = memoryKeychain()): Vault {
  const accounts = openExpectedAccounts(bench.dataDir)
  return new Vault({ keychain, accounts, environment: () => null, nowMs: Date.now })
}

/** Starts a console whose profile asks for one of these people. */
async function start(approvers: readonly Identity[]): Promise<void> {
  const approvals = { commands: ['tinyRefund'], approvers, minutes: 10 }
  await bench.start({ approvals, options: { vault } })
}

/** What a person makes of a rehearsal's request, as `intent-console approve` does. */
async function approved(
  { draft }: Rehearsal,
  by: { identities: Identities; identity: Identity },
  more: Partial<Approval> = {},
): Promise<string> {
  const request = readRequest((await bench.client.actions.approvalRequest({ draft })).text)
  const approval: Approval = {
    hash: request.hash,
    requester: request.requestedBy.publicKey,
    approver: by.identity,
    approvedAtMs: Date.now(),
    expiresAtMs: request.expiresAtMs,
    nonce: randomBytes(16).toString('hex'),
    ...more,
  }
  return writtenApproval(approval, (text) => by.identities.sign(by.identity.publicKey, text))
}

function give({ draft, hash, confirmation }: Rehearsal, approval: string | null): Promise<ActAnswer> {
  return bench.client.actions.give({
    draft,
    hash,
    reason: 'The customer asked.',
    confirm: confirmation.tail,
    // That it was done before, where it was.
    acknowledge: 'unknown',
    approval,
  })
}

/** The condition that says why nobody has approved it. */
function whyNot({ preconditions }: ActAnswer): string | undefined {
  return preconditions.find(({ name }) => name === 'approved by a second person')?.why
}

describe('M7: a command that needs a second person', () => {
  test('is sent with the approval of another, which is kept with the action', async () => {
    await start([bob])
    const rehearsal = await bench.prepare()
    expect(rehearsal.needsApproval).toBe(true)
    const approval = await approved(rehearsal, { identities: elsewhere.identities, identity: bob })
    expect(await give(rehearsal, approval)).toMatchObject({ outcome: 'accepted' })
    expect(bench.refunds).toHaveLength(1)
    const { actions } = await bench.client.actions.next({})
    expect(actions).toMatchObject([{ approval: { ...bob, isSamePerson: false } }])
  })

  test('is not sent without one, with its author’s own, a stranger’s, an expired or an altered one', async () => {
    const eve = await elsewhere.identities.create('Bob too')
    // Even a profile that names the author as an approver does not let her approve what she asks for.
    await start([bob, ada])
    const rehearsal = await bench.prepare()
    const theirs = { identities: elsewhere.identities, identity: bob }
    const good = await approved(rehearsal, theirs)
    const refused: [string | null, RegExp][] = [
      [null, /nobody has approved/],
      [await approved(rehearsal, { identities: vault.identities, identity: ada }), /Whoever asks cannot/],
      [
        await approved(rehearsal, {
          identities: elsewhere.identities,
          identity: { ...eve, name: 'Bob' },
        }),
        /not among the approvers/,
      ],
      [await approved(rehearsal, theirs, { approvedAtMs: Date.now() - 10 * MINUTE_MS }), /expired/],
      [await approved(rehearsal, theirs, { hash: 'a'.repeat(64) }), /another command/],
      [good.replace(bob.name, 'Rob'), /altered/],
    ]
    for (const [approval, why] of refused) {
      const answer = await give(rehearsal, approval)
      expect(answer.outcome).toBe('closed')
      expect(whyNot(answer)).toMatch(why)
    }
    expect(bench.refunds).toEqual([])
    expect(await give(rehearsal, good)).toMatchObject({ outcome: 'accepted' })
  })

  test('is not sent again with an approval that was used', async () => {
    await start([bob])
    const first = await bench.prepare()
    const approval = await approved(first, { identities: elsewhere.identities, identity: bob })
    await give(first, approval)
    const answer = await give(await bench.prepare(), approval)
    expect(answer.outcome).toBe('closed')
    expect(whyNot(answer)).toMatch(/another command|used before/)
    expect(bench.refunds).toHaveLength(1)
  })

  test('says that it was the same person again, where both keys lie in one vault', async () => {
    const desk = await vault.identities.create('Ada at the desk')
    await start([desk])
    const rehearsal = await bench.prepare()
    const approval = await approved(rehearsal, { identities: vault.identities, identity: desk })
    expect(await give(rehearsal, approval)).toMatchObject({ outcome: 'accepted' })
    const { actions } = await bench.client.actions.next({})
    expect(actions).toMatchObject([{ approval: { ...desk, isSamePerson: true } }])
  })

  test('S2: no answer of the contract holds a private key; control: the keychain does', async () => {
    await start([bob])
    const { client } = bench
    const rehearsal = await bench.prepare()
    const request = await client.actions.approvalRequest({ draft: rehearsal.draft })
    const approval = await approved(rehearsal, { identities: elsewhere.identities, identity: bob })
    const answers = [
      rehearsal,
      request,
      await give(rehearsal, approval),
      await client.actions.next({}),
      await client.actions.steps({ after: 0 }),
      await client.actions.offered({ intent: rehearsal.subject }),
      await client.intents.get({ id: rehearsal.subject }),
      await client.credentials.status({}),
      await client.status.next({}),
    ]
    const entry = kept.entries.get(IDENTITY_ACCOUNT) ?? ''
    const [{ privateKey }] = JSON.parse(entry) as [{ privateKey: string }]
    const canary = canaryOf(privateKey)
    expect(formsIn(Buffer.from(JSON.stringify(answers)), [canary])).toEqual([])
    expect(formsIn(Buffer.from(entry), [canary])).not.toEqual([])
  })

  test('control: a profile that asks for nobody has it sent without', async () => {
    await bench.start({ options: { vault } })
    const rehearsal = await bench.prepare()
    expect(rehearsal.needsApproval).toBe(false)
    expect(await give(rehearsal, null)).toMatchObject({ outcome: 'accepted' })
    expect(bench.refunds).toHaveLength(1)
  })
})
