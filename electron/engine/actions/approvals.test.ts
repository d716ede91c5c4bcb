import { describe, expect, test } from 'vitest'
import {
  ada,
  bob,
  canonical,
  check,
  eve,
  good,
  HASH,
  MINUTE,
  NOW,
  profile,
  refusalOf,
} from '../../../test/approvalGiven.ts'
import { Failure } from '../../../shared/api/failure.ts'
import { readApproval, writtenApproval, type Approval } from './approvalFiles.ts'
import { checkApproval, type ApprovalCheck } from './approvals.ts'
import { canonicalOf, hashOfCommand } from './canonical.ts'

/** One approval and what has to become of it. */
interface Case {
  name: string
  approval?: Partial<Approval>
  by?: typeof ada
  /** Done to the text after it was signed. */
  altered?: (text: string) => string
  check?: Partial<ApprovalCheck>
  /** Null: it is good. */
  refused: RegExp | null
}

const withEve = {
  approvals: { ...profile.approvals, approvers: [{ name: 'Bob', publicKey: eve.publicKey }] },
}

const CASES: Case[] = [
  { name: 'of an approver of the profile', refused: null },
  { name: 'until the last millisecond', check: { nowMs: NOW + 20 * MINUTE - 1 }, refused: null },
  { name: 'from a clock that is a little ahead', approval: { approvedAtMs: NOW + MINUTE }, refused: null },
  { name: 'expired', check: { nowMs: NOW + 20 * MINUTE }, refused: /has expired/ },
  {
    name: 'that gives itself longer than the profile allows',
    approval: { approvedAtMs: NOW - 30 * MINUTE, expiresAtMs: NOW + 9_000 * MINUTE },
    refused: /has expired/,
  },
  {
    name: 'dated in the future',
    approval: { approvedAtMs: NOW + 3 * MINUTE, expiresAtMs: NOW + 33 * MINUTE },
    refused: /future/,
  },
  { name: 'for another command', check: { hash: 'f'.repeat(64) }, refused: /another command/ },
  {
    name: 'asked for over another data folder',
    check: { hash: hashOfCommand(canonicalOf({ ...canonical, ledger: 43 })) },
    refused: /another data folder/,
  },
  {
    name: 'altered after it was signed',
    altered: (text) => text.replace(String(good.expiresAtMs), String(good.expiresAtMs + 1)),
    refused: /altered/,
  },
  {
    name: 'with another hash written over its own',
    approval: { hash: 'e'.repeat(64) },
    altered: (text) => text.replace('e'.repeat(64), HASH),
    refused: /altered/,
  },
  { name: 'signed by another than it names', by: eve, refused: /altered, or not signed/ },
  { name: 'replayed', check: { usedNonces: new Set([good.nonce]) }, refused: /used before/ },
  {
    name: 'by whoever asks, under another name',
    approval: { approver: { name: 'Bob', publicKey: ada.publicKey } },
    by: ada,
    refused: /Whoever asks cannot approve/,
  },
  {
    name: 'by whoever asks, whom the profile names as an approver',
    approval: { approver: { name: 'Bob', publicKey: ada.publicKey } },
    by: ada,
    check: {
      profile: {
        approvals: { ...profile.approvals, approvers: [{ name: 'Bob', publicKey: ada.publicKey }] },
      },
    },
    refused: /Whoever asks cannot approve/,
  },
  {
    name: 'by a stranger who calls herself like an approver',
    approval: { approver: { name: 'Bob of Operations', publicKey: eve.publicKey } },
    by: eve,
    refused: /not among the approvers/,
  },
  {
    name: 'by an approver who is called like whoever asks',
    approval: { approver: { name: 'Ada', publicKey: eve.publicKey } },
    by: eve,
    check: { profile: withEve },
    refused: null,
  },
  {
    name: 'given to somebody else’s request',
    approval: { requester: eve.publicKey },
    refused: /somebody else/,
  },
  { name: 'where nobody here has asked', check: { ownPublicKey: null }, refused: /somebody else/ },
  { name: 'where the profile has no approvers', check: { profile: {} }, refused: /not among the approvers/ },
  { name: 'that is no JSON', altered: () => '{', refused: /no approval of this console/ },
  { name: 'with a key more', altered: (text) => text.replace('{', '{"more":1,'), refused: /no approval/ },
]

type Checker = (asked: ApprovalCheck) => unknown

/** The same profile, but that it sets no bound. */
function lenient({ approvals }: ApprovalCheck['profile']): ApprovalCheck['profile'] {
  return approvals === undefined ? {} : { approvals: { ...approvals, minutes: Infinity } }
}

/** Cases that a checker judges wrongly. */
async function wrongVerdicts(checker: Checker): Promise<string[]> {
  const wrong: string[] = []
  for (const { name, approval, by = bob, altered = (text: string) => text, check: more, refused } of CASES) {
    const text = altered(await writtenApproval({ ...good, ...approval }, by.signed))
    const said = refusalOf(() => checker({ ...check, ...more, text }))
    const isRight = refused === null ? said === null : said !== null && refused.test(said)
    if (!isRight) wrong.push(`${name}: ${said ?? 'taken'}`)
  }
  return wrong
}

describe('an approval', () => {
  test('holds for what it was given for, by whom it may be given, once and for a while', async () => {
    expect(await wrongVerdicts(checkApproval)).toEqual([])
  })

  test('control: told apart by names instead of keys, strangers and the author herself pass', async () => {
    const byName: Checker = ({ text, ...asked }) => {
      const { approver } = readApproval(text)
      if (approver.name === 'Ada') throw new Failure('closed', 'Whoever asks cannot approve it too.')
      const [first] = asked.profile.approvals?.approvers ?? []
      if (first === undefined || !first.name.startsWith(approver.name.slice(0, 3))) {
        throw new Failure('closed', 'The key of this approval is not among the approvers of the profile.')
      }
    }
    const wrong = (await wrongVerdicts(byName)).join('\n')
    expect(wrong).toMatch(/by whoever asks, under another name: taken/)
    expect(wrong).toMatch(/a stranger who calls herself like an approver: taken/)
    expect(wrong).toMatch(/by an approver who is called like whoever asks: Whoever asks/)
  })

  test('control: held to its own words alone, it outlives what the profile allows', async () => {
    const trusting: Checker = (asked) => checkApproval({ ...asked, profile: lenient(asked.profile) })
    expect(await wrongVerdicts(trusting)).toEqual(['that gives itself longer than the profile allows: taken'])
  })

  test('control: a nonce that nobody remembers lets it pass twice', async () => {
    const forgetful: Checker = (asked) => checkApproval({ ...asked, usedNonces: new Set() })
    expect(await wrongVerdicts(forgetful)).toEqual(['replayed: taken'])
  })

  test('names the approver as the profile does, and says when it is only the same person again', async () => {
    const text = await writtenApproval(good, bob.signed)
    const { publicKey } = bob
    expect(checkApproval({ ...check, text })).toEqual({
      name: 'Bob of Operations',
      publicKey,
      nonce: good.nonce,
      isSamePerson: false,
    })
    const isSamePerson = { ...check, text, heldPublicKeys: [ada.publicKey, publicKey] }
    expect(checkApproval(isSamePerson)).toMatchObject({ isSamePerson: true })
  })
})
