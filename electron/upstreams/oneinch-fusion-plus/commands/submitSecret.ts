import type { Hex } from 'viem'
import { z } from 'zod'
import { Failure } from '../../../../shared/api/failure.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import type { Command, Given, Verdict } from '../../command.ts'
import { advised, type Advice } from '../../kit/advice.ts'
import { judgeByStatus } from '../../kit/judgement.ts'
import { ONEINCH_ADVICE } from '../../kit/oneinchAdvice.ts'
import { bearerPost } from '../../kit/sendWithBearer.ts'
import { met, unknown, unmet } from '../../kit/verdict.ts'
import { viem } from '../../kit/viem.ts'
import { fillsOf } from '../fills.ts'
import { idxOfHash } from '../hashlock.ts'
import type { FusionPlusSettings } from '../index.ts'
import {
  bothEscrowsSeen,
  cancellationAhead,
  fillReady,
  fillVerdict,
  finalityLockOver,
  noRefundBegun,
  orderHashOf,
  orderNotOver,
  waitingFills,
} from './conditions.ts'
import { relayerUrlOf } from './endPoints.ts'

/** How long a secret whose submission got no answer is looked for, milliseconds: resolvers pay out within a few blocks. */
const LOOKED_FOR_MS = 10 * 60_000

const NOT_WAITING =
  'The relayer takes a secret only for a fill that it lists as ready: read the order again and see which fill waits, before the secret is given once more.'

const SECRET_ADVICE: Advice = { ...ONEINCH_ADVICE, 400: NOT_WAITING, 404: NOT_WAITING }

const input = z.strictObject({
  // Neither the value nor a part of it stands in what is said about a wrong one.
  secret: z
    .string({ error: 'has to be a text' })
    .trim()
    .regex(/^(?:0x)?[0-9a-f]{64}$/i, 'has to be 32 bytes: 0x and 64 hex digits, and nothing else in the file')
    .transform((text) => `0x${text.replace(/^0x/i, '')}`),
  orderHash: z.string({ error: 'has to be a text' }).optional(),
})

type Input = z.infer<typeof input>
type Known = Given<Input, FusionPlusSettings>

/** Gives the relayer the secret of a fill that waits for it: from then on the maker is paid, and the resolver too. */
export const submitSecret: Command<Input, FusionPlusSettings> = {
  name: 'submitSecret',
  words: 'Submit secret',
  effect: 'changes',
  kind: 'submitSecret',
  isIntentNeeded: true,
  movesMoney: true,
  fields: [
    {
      name: 'secret',
      words: 'Secret',
      kind: 'secret-file',
      isRequired: true,
      hint: 'A file with the secret of the fill that waits: 0x and 64 hex digits.',
    },
  ],
  input,
  preconditions: [
    orderNotOver,
    noRefundBegun,
    fillReady,
    bothEscrowsSeen,
    finalityLockOver,
    cancellationAhead,
  ],
  checks: [
    { name: 'secret of this order', check: (given) => belongs(given) },
    { name: 'secret of the fill that waits', check: (given) => opensWaitingFill(given) },
  ],
  subject: orderHashOf,
  request: (given) => {
    const orderHash = orderHashOf(given)
    const { secret, orderHash: named = orderHash } = given.input
    if (named.toLowerCase() !== orderHash.toLowerCase())
      throw new Failure('usage', `The order hash ${named} is not that of the intent, ${orderHash}.`, {
        tip: 'Leave `orderHash` out, or name the intent that it belongs to.',
      })
    return {
      ...bearerPost(`${relayerUrlOf(given)}/submit/secret`, { orderHash, secret }),
      secrets: [secret],
    }
  },
  expected:
    'The relayer hands the secret to the resolver, who pays the maker on the destination chain and takes the source funds with it.',
  repeats: 'Nothing is promised about repeats; the same secret given twice says nothing new.',
  warning:
    'A secret that was given cannot be taken back. Whoever has it can take the source funds for the resolver, whether or not the maker was paid.',
  judge: (answer) => advised(judgeByStatus(answer), answer, SECRET_ADVICE),
  isAnswerShownWhole: false,
  trace: {
    marks: ({ input: given, intent }) => {
      const hash = hashOf(given)
      return { idx: intent === null ? 'unknown' : idxOfHash(intent, hash), hashlock: hash }
    },
    readId: orderHashOf,
    seen: (intent, marks) => {
      if (intent === null) return 'unclear'
      return intent.status === 'executed' || isPublic(intent, marks) ? 'applied' : 'absent'
    },
    // A relayer may hold a secret without publishing it, and no reading tells.
    isAbsenceProof: false,
    windowMs: LOOKED_FOR_MS,
  },
}

function belongs({ intent, input: given }: Known): Verdict {
  const idx = intent === null ? 'unknown' : idxOfHash(intent, hashOf(given))
  if (idx === 'none')
    return unmet('No hash of this order is that of the secret: it belongs to another order.')
  return idx === 'unknown'
    ? unknown(
        'The hashes of this order’s secrets are not known, so that nothing tells whether this is one of them.',
      )
    : met(`It is secret ${idx} of the order.`)
}

function opensWaitingFill({ intent, input: given, nowMs }: Known): Verdict {
  if (intent === null) return unknown('Nothing is known of this intent.')
  const idx = idxOfHash(intent, hashOf(given))
  if (idx === 'none') return unmet('It opens no fill of this order.')
  const fill = fillsOf(intent.parts).find((one) => one.idx === idx)
  if (fill !== undefined) return fillVerdict(fill, intent, nowMs)
  const wanted = waitingFills(intent).flatMap((one) => one.idx ?? [])
  return wanted.length === 0 || idx === 'unknown'
    ? unknown('The relayer has not said which secret the fill waits for.')
    : unmet(
        `The fill waits for secret ${wanted.join(' or ')}, and this is secret ${idx}: it would be given away for nothing.`,
      )
}

/** Whether the secret of these marks is among those that are public. */
function isPublic({ parts }: Intent, { idx, hashlock }: Record<string, string>): boolean {
  return Object.entries(parts['secrets'] ?? {}).some(
    ([name, fields]) => name === idx || fields['hashlock']?.toLowerCase() === hashlock,
  )
}

function hashOf({ secret }: Pick<Input, 'secret'>): string {
  return viem().keccak256(secret as Hex)
}
