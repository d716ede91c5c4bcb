import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  readRequest,
  writtenApproval,
  writtenRequest,
  type Approval,
  type ApprovalRequest,
} from '../../electron/engine/actions/approvalFiles.ts'
import { digestOfShown, hashOfCommand } from '../../electron/engine/actions/canonical.ts'
import type { Store } from '../../electron/store/store.ts'
import { openExpectedAccounts } from '../../electron/vault/expectedAccounts.ts'
import { IDENTITY_ACCOUNT, type Identities, type Identity } from '../../electron/vault/identities.ts'
import { memoryKeychain } from '../../electron/vault/testing/memoryKeychain.ts'
import { Vault } from '../../electron/vault/vault.ts'
import type { ActAnswer, Rehearsal } from '../../shared/api/action.ts'
import { canaryOf, formsIn } from '../secrets/canary.ts'
import { ActionBench } from './actionBench.ts'
import { actingConsole, ID, type ConsoleSketch } from './actingConsole.ts'

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

/** A console whose profile asks for one of these people. */
function asking(approvers: readonly Identity[]): ConsoleSketch {
  return { approvals: { commands: ['tinyRefund'], approvers, minutes: 10 }, options: { vault } }
}

async function start(approvers: readonly Identity[]): Promise<void> {
  await bench.start(asking(approvers))
}

/** What a person makes of a rehearsal's request, as `intent-console approve` does. */
async function approved(
  rehearsal: Rehearsal,
  by: { identities: Identities; identity: Identity },
  more: Partial<Approval> = {},
): Promise<string> {
  return approvalOf(readRequest(await requestFor(rehearsal)), by, more)
}

async function requestFor({ draft }: Rehearsal): Promise<string> {
  return (await bench.client.actions.approvalRequest({ draft })).text
}

/** A person's signature under what a request says. */
function approvalOf(
  request: ApprovalRequest,
  by: { identities: Identities; identity: Identity },
  more: Partial<Approval> = {},
): Promise<string> {
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

/** Gives a draft with an approval and all else that it asks for, in the bench's console or another. */
function give(
  rehearsal: Rehearsal,
  approval: string | null,
  { client }: Pick<ActionBench, 'client'> = bench,
): Promise<ActAnswer> {
  const { draft, hash, confirmation, preconditions } = rehearsal
  return client.actions.give({
    draft,
    hash,
    reason: 'The customer asked.',
    confirm: confirmation.tail,
    // That it was done before, where it was.
    acknowledge: preconditions.filter(({ state }) => state === 'unknown').map(({ name }) => name),
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

  describe('when the request is altered on its way to the second person', () => {
    const HARMLESS = { command: 'tinyLook', words: 'Look', expected: 'Reads only.', bodyText: '{"id":"0x"}' }

    test('it is refused as it stands, and with its digests made anew it is approved in vain', async () => {
      await start([bob])
      const theirs = { identities: elsewhere.identities, identity: bob }
      const rehearsal = await bench.prepare()
      const { command, ...request } = readRequest(await requestFor(rehearsal))
      const shown = { ...request.shown, ...HARMLESS }
      expect(() => readRequest(writtenRequest({ ...request, command, shown }))).toThrow(/altered/)
      const forged = { ...command, shown: digestOfShown(shown) }
      const read = readRequest(
        writtenRequest({ ...request, command: forged, shown, hash: hashOfCommand(forged) }),
      )
      expect(read.shown).toMatchObject(HARMLESS)
      const answer = await give(rehearsal, await approvalOf(read, theirs))
      expect([answer.outcome, whyNot(answer)]).toEqual(['closed', expect.stringContaining('another command')])
      expect(bench.refunds).toEqual([])
    })

    test('control: an approver’s console that does not compare what it shows has the refund sent', async () => {
      await start([bob])
      const theirs = { identities: elsewhere.identities, identity: bob }
      const rehearsal = await bench.prepare()
      const request = JSON.parse(await requestFor(rehearsal)) as ApprovalRequest
      const read = { ...request, shown: { ...request.shown, ...HARMLESS } }
      expect(await give(rehearsal, await approvalOf(read, theirs))).toMatchObject({ outcome: 'accepted' })
      expect(bench.refunds).toHaveLength(1)
    })
  })

  describe('when its approval is brought to a second data folder', () => {
    /** Gives the same in both folders with one approval; answers what the second said. */
    async function givenTwice(wrap?: (store: Store) => Store): Promise<ActAnswer> {
      const sketch = { ...asking([bob]), ...(wrap === undefined ? {} : { wrap }) }
      await bench.start(sketch)
      const rehearsal = await bench.prepare()
      const approval = await approved(rehearsal, { identities: elsewhere.identities, identity: bob })
      expect(await give(rehearsal, approval)).toMatchObject({ outcome: 'accepted' })
      const dataDir = join(bench.dataDir, 'second')
      const second = await actingConsole({ dataDir, url: bench.fusion.url, sketch })
      try {
        const client = second.client()
        const again = await client.actions.prepare({ command: 'tinyRefund', intent: ID, input: {} })
        return await give(again, approval, { client })
      } finally {
        await second.close()
      }
    }

    test('it is refused there, where nobody asked for it', async () => {
      const answer = await givenTwice()
      expect([answer.outcome, whyNot(answer)]).toEqual(['closed', expect.stringContaining('data folder')])
      expect(bench.refunds).toHaveLength(1)
    })

    test('control: were their ledgers one by name, it would be sent twice', async () => {
      const nameless = (store: Store): Store => ({
        ...store,
        actionsHead: async () => ({ ...(await store.actionsHead()), ledger: 1 }),
      })
      expect(await givenTwice(nameless)).toMatchObject({ outcome: 'accepted' })
      expect(bench.refunds).toHaveLength(2)
    })
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
