import { isLosslessNumber, parse } from 'lossless-json'
import type { Answer, NoAnswer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import { CHAIN_ID } from './bodies.ts'
import type { Submission } from './life.ts'
import type { Story } from './story.ts'
import { contentIdOf, depositsOf, isSignatureOf, signedTextOf, type Fields } from './signedText.ts'

/** Longest time until what is submitted expires, milliseconds. */
const LONGEST_EXPIRY_MS = 24 * 60 * 60_000

/** Fields of a body; the generation with a nonce has that one more, and no clawback. */
const FIELDS = ['chainId', 'deposits', 'recipient', 'evmTransaction', 'signature', 'expiresAt']
const ACTIONS = ['recipient', 'evmTransaction', 'clawback']

/** What takes submissions in. */
export interface IntakeOptions {
  story: Story
  clock: SandboxClock
  replies: ReplyFaults
  /** The one key that signs in, 66 hex digits. */
  publicKey: string
  /** Whether it is the first generation. */
  isOld: () => boolean
}

/** `POST /api/v1/execute`. */
export interface Intake {
  execute: (body: string) => Promise<Answer | NoAnswer>
  /** The submission that spends a transfer, bare lower-case hex; null when none does. */
  spender: (transferId: string) => Submission | null
}

/** An intake that has taken nothing yet. It takes each content once, and in the first generation each nonce. */
export function createIntake({ story, clock, replies, publicKey, isOld }: IntakeOptions): Intake {
  const taken = new Set<string>()
  const spenders = new Map<string, Submission>()

  function wrongWith(body: Fields): string | null {
    const known = isOld() ? [...FIELDS, 'nonce'] : [...FIELDS, 'clawback']
    const strange = Object.keys(body).find((name) => !known.includes(name))
    if (strange !== undefined) return `unknown field ${strange}`
    if (ACTIONS.filter((name) => body[name] !== undefined).length !== 1) return 'exactly one action is wanted'
    if (isOld() === (body['nonce'] === undefined)) return 'nonce is wanted'
    if (Number(String(body['chainId'])) !== CHAIN_ID) return 'chain id mismatch'
    if (!isLosslessNumber(body['expiresAt'])) return 'expiresAt has to be unix milliseconds'
    const leftMs = Number(body['expiresAt'].value) - clock.nowMs()
    if (leftMs <= 0 || leftMs > LONGEST_EXPIRY_MS) return 'expiresAt is in the past or too far ahead'
    if (body['clawback'] !== undefined && depositsOf(body).length > 0) return 'a clawback has no deposits'
    const isSigned = isSignatureOf(String(body['signature']), signedTextOf(body), publicKey)
    return isSigned ? null : 'signature does not match the signer'
  }

  function admit(body: Fields, content: string): Answer {
    if (taken.has(content)) return { status: 409, body: 'intent_id already submitted' }
    taken.add(content)
    const transfers = depositsOf(body).map(({ sparkTransferId }) => String(sparkTransferId).toLowerCase())
    const submission = story.submit({
      content,
      isDeposit: transfers.length > 0 && !depositsOf(body).every(isProven),
      expiresAtMs: Number(String(body['expiresAt'])),
      trouble: troubleOf(body),
    })
    for (const transfer of transfers) spenders.set(transfer, submission)
    const { submissionId, intentId } = submission
    return { status: 200, body: { submissionId, intentId, status: 'accepted' } }
  }

  function troubleOf({ clawback }: Fields): string | null {
    if (clawback === undefined) return null
    const spender = spenders.get(String((clawback as Fields)['sparkTxid']).toLowerCase())
    return spender?.stage === 'finalized'
      ? 'clawback rejected: transfer consumed by a finalized intent'
      : null
  }

  return {
    execute: async (text) => {
      const body = parse(text) as Fields
      const wrong = wrongWith(body)
      if (wrong !== null) return { status: 400, body: wrong }
      const content = isOld() ? String(body['nonce']) : await contentIdOf(body)
      return replies.carry(() => admit(body, content))
    },
    spender: (transferId) => spenders.get(transferId) ?? null,
  }
}

function isProven({ depositProof }: Fields): boolean {
  const { payloadBytes = '0x' } = (depositProof ?? {}) as Fields
  return payloadBytes !== '0x'
}
