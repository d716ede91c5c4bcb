import { keccak256, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Parts } from '../../../../shared/intent/fact.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import {
  conditionsAgainst,
  givenTo,
  HASH,
  NOW_MS,
  OFFSETS,
  orderWith,
} from '../../../../test/fusionPlusGiven.ts'
import type { Given } from '../../command.ts'
import type { FusionPlusSettings } from '../index.ts'
import { submitSecret } from './submitSecret.ts'

const SECRETS: Hex[] = [`0x${'a1'.repeat(32)}`, `0x${'B2'.repeat(32)}`, `0x${'c3'.repeat(32)}`]
const [FIRST, SECOND] = SECRETS

/** The destination escrow's block; its withdrawal opens 12 s later, its cancellation 252 s. */
const DESTINATION_MS = NOW_MS
const OPENS_MS = DESTINATION_MS + 12_000
const CANCELS_MS = DESTINATION_MS + 252_000

const SOURCE = { sourceCreated: '0xA1', sourceCreatedAtMs: String(DESTINATION_MS - 20_000) }
const LOCKED = { ...SOURCE, destinationCreated: '0xb1', destinationCreatedAtMs: String(DESTINATION_MS) }
const HASHLOCKS = Object.fromEntries(SECRETS.map((secret, idx) => [String(idx), { hash: keccak256(secret) }]))

/** An order whose only fill is locked on both sides and listed as ready for its first secret. */
const READY: Parts = {
  fills: { '0': LOCKED },
  ready: { '0xa1': { idx: '0' } },
  timelocks: { order: OFFSETS },
  hashlocks: HASHLOCKS,
}

type Known = Given<z.infer<typeof submitSecret.input>, FusionPlusSettings>

function intent(parts: Parts, more: Partial<Intent> = {}): Intent {
  return orderWith({ status: 'pending', phase: 'executing', parts, ...more })
}

function given(of: Intent, nowMs = OPENS_MS, input: object = { secret: FIRST }): Known {
  return givenTo(submitSecret, input, { intent: of, nowMs })
}

function against(known: Known): Promise<string[]> {
  return conditionsAgainst(submitSecret, known)
}

const like = (words: RegExp): string => expect.stringMatching(words) as string

describe('a fill that is ready', () => {
  it('is open for the secret that it waits for', async () => {
    expect(await against(given(intent(READY)))).toEqual([])
  })

  it('gets exactly the order’s hash and the secret, which is marked as one', () => {
    expect(submitSecret.request(given(intent(READY)))).toEqual({
      method: 'POST',
      url: 'https://api.1inch.com/fusion-plus/relayer/v1.2/submit/secret',
      body: `{"orderHash":"${HASH}","secret":"${FIRST}"}`,
      secretHeaders: ['authorization'],
      secrets: [FIRST],
    })
  })

  it('takes the secret as files hold it: with or without 0x, with a line end', () => {
    const bodies = [FIRST, FIRST?.slice(2), ` ${FIRST}\r\n`].map(
      (secret) => submitSecret.request(given(intent(READY), OPENS_MS, { secret })).body,
    )
    expect(new Set(bodies).size).toBe(1)
  })
})

describe('the destination’s own clock', () => {
  it('opens it at the second in which the finality lock ends', async () => {
    expect(await against(given(intent(READY), OPENS_MS - 1_000))).toEqual([
      like(new RegExp(`^finality lock over unmet until ${OPENS_MS}`)),
      like(new RegExp(`^secret of the fill that waits unmet until ${OPENS_MS}`)),
    ])
    expect(await against(given(intent(READY), OPENS_MS - 1))).toHaveLength(2)
    expect(await against(given(intent(READY), OPENS_MS))).toEqual([])
  })

  it('closes it for good at the second in which the resolver may take the destination back', async () => {
    expect(await against(given(intent(READY), CANCELS_MS - 1))).toEqual([])
    expect(await against(given(intent(READY), CANCELS_MS))).toEqual([
      like(/^destination cancellation ahead unmet: Since .* it could take the source as well/),
      like(/^secret of the fill that waits unmet: Since/),
    ])
  })

  it('cannot be told without the timelocks or the escrow’s block', async () => {
    const { timelocks: _without, ...parts } = READY
    expect(await against(given(intent(parts)))).toEqual([
      like(/^finality lock over unknown/),
      like(/^destination cancellation ahead unknown/),
      like(/^secret of the fill that waits unknown/),
    ])
  })
})

describe('what is known of the escrows', () => {
  it('nothing at all closes it', async () => {
    const found = await against(given(intent({ hashlocks: HASHLOCKS })))
    expect(found).toContainEqual(like(/^a fill waits for its secret unmet: No resolver has taken any part/))
    expect(found).toContainEqual(like(/^both escrows seen unmet/))
  })

  it('the source alone closes it', async () => {
    const found = await against(given(intent({ ...READY, fills: { '0': SOURCE }, ready: {} })))
    expect(found).toContainEqual(like(/^a fill waits for its secret unmet: The relayer asks/))
    expect(found).toContainEqual(like(/^both escrows seen unmet: The destination escrow has not been seen/))
  })

  it('both escrows without the relayer’s word leave it to a person', async () => {
    const found = await against(given(intent({ ...READY, ready: {} })))
    expect(found).toEqual([
      like(/^a fill waits for its secret unknown: Both escrows stand/),
      like(/^secret of the fill that waits unknown: The relayer has not said which/),
    ])
  })

  it('the relayer’s word without an escrow leaves it to a person', async () => {
    const found = await against(given(intent({ ...READY, fills: { '0': SOURCE } })))
    expect(found).toContainEqual(like(/^both escrows seen unknown: .* lists the fill as ready all the same/))
  })

  it('a secret that is public already closes it', async () => {
    const found = await against(given(intent({ ...READY, secrets: { '0': {} } })))
    expect(found).toContainEqual(like(/^a fill waits for its secret unmet: No fill of this order waits/))
    expect(found).toContainEqual(
      like(/^secret of the fill that waits unmet: Its fill waits for no secret any more/),
    )
  })

  it('an order that is over closes it; a locked fill in one that is called over leaves it to a person', async () => {
    const settled = { ...READY, fills: { '0': { ...LOCKED, status: 'executed' } } }
    const over = intent(settled, { status: 'executed', phase: 'completed', isTerminal: true })
    expect(await against(given(over))).toContainEqual(like(/^order not over unmet: .*“executed”/))
    const odd = intent(READY, { status: 'expired', phase: 'expired', isTerminal: true })
    expect(await against(given(odd))).toEqual([like(/^order not over unknown: .*“expired”/)])
  })
})

describe('a refund that has begun', () => {
  const called = (status: string): Parts => ({ ...READY, fills: { '0': { ...LOCKED, status } } })

  it('closes it when the fill is called so', async () => {
    expect(await against(given(intent(called('refunding'))))).toEqual([
      like(/^no refund begun unmet: .*fill 0 “refunding”/),
      like(/^secret of the fill that waits unmet: .*fill 0 “refunding”/),
    ])
  })

  it('closes it when the order is called so and nothing else is said of the fill', async () => {
    const refunding = intent(READY, { status: 'refunding', phase: 'refunding' })
    expect(await against(given(refunding))).toContainEqual(
      like(/^no refund begun unmet: The system calls the order “refunding”/),
    )
  })

  it('leaves it to a person when the order is called so and the fill still pending', async () => {
    const refunding = intent(called('pending'), { status: 'refunding', phase: 'refunding' })
    expect(await against(given(refunding))).toContainEqual(
      like(/^no refund begun unknown: .*“refunding”, and its fill 0 “pending”/),
    )
  })

  it('is none while both are pending', async () => {
    expect(await against(given(intent(called('pending'))))).toEqual([])
  })
})

describe('which secret it is', () => {
  it('one of another order closes it', async () => {
    const secret = `0x${'99'.repeat(32)}`
    expect(await against(given(intent(READY), OPENS_MS, { secret }))).toContainEqual(
      like(/^secret of this order unmet: No hash of this order is that of the secret/),
    )
  })

  it('one of another fill of the order closes it, and says which is wanted', async () => {
    expect(await against(given(intent(READY), OPENS_MS, { secret: SECOND }))).toEqual([
      like(/^secret of the fill that waits unmet: The fill waits for secret 0, and this is secret 1/),
    ])
  })

  it('is judged by its own fill where several wait', async () => {
    const later = {
      ...LOCKED,
      sourceCreated: '0xa2',
      destinationCreatedAtMs: String(DESTINATION_MS + 60_000),
    }
    const ready = { '0xa1': { idx: '0' }, '0xa2': { idx: '1' } }
    const both = intent({ ...READY, fills: { '0': LOCKED, '1': later }, ready })
    expect(await against(given(both))).toEqual([])
    expect(await against(given(both, OPENS_MS, { secret: SECOND }))).toEqual([
      like(new RegExp(`^secret of the fill that waits unmet until ${OPENS_MS + 60_000}`)),
    ])
  })

  it('cannot be told while the hashes are not known; a single hashlock is enough for a single fill', async () => {
    const { hashlocks: _without, ...parts } = READY
    expect(await against(given(intent(parts)))).toContainEqual(like(/^secret of this order unknown/))
    const order = { order: { hash: keccak256(FIRST ?? '0x') } }
    expect(await against(given(intent({ ...parts, hashlocks: order })))).toEqual([])
    const details = { 'order type': 'SingleFill' }
    const other = given(intent({ ...parts, hashlocks: order }, { details }), OPENS_MS, { secret: SECOND })
    expect(await against(other)).toContainEqual(like(/^secret of this order unmet/))
  })
})

describe('bad input', () => {
  it('is refused in words that do not repeat it', () => {
    const { error } = submitSecret.input.safeParse({ secret: `${FIRST}00`, hash: 1 })
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'has to be 32 bytes: 0x and 64 hex digits, and nothing else in the file',
      'Unrecognized key: "hash"',
    ])
    expect(JSON.stringify(error)).not.toContain('a1a1')
  })

  it('the hash of another order is refused with both', () => {
    const known = given(intent(READY), OPENS_MS, { secret: FIRST, orderHash: '0xff' })
    expect(() => submitSecret.request(known)).toThrow(
      `The order hash 0xff is not that of the intent, ${HASH}.`,
    )
  })
})

describe('what became of it', () => {
  const marks = submitSecret.trace?.marks(given(intent(READY))) ?? {}
  const seen = (of: Intent | null): string | undefined => submitSecret.trace?.seen(of, marks)

  it('leaves marks that are no secret', () => {
    expect(marks).toEqual({ idx: '0', hashlock: keccak256(FIRST ?? '0x') })
  })

  it('shows in the published secrets, by idx or by hashlock, or by the end of the order', () => {
    expect(seen(intent({ ...READY, secrets: { '0': {} } }))).toBe('applied')
    expect(seen(intent({ ...READY, secrets: { '7': { hashlock: keccak256(FIRST ?? '0x') } } }))).toBe(
      'applied',
    )
    expect(seen(intent(READY, { status: 'executed' }))).toBe('applied')
  })

  it('is not disproved by its absence: a relayer may hold a secret without publishing it', () => {
    expect(seen(intent(READY))).toBe('absent')
    expect(seen(intent({ ...READY, secrets: { '1': {} } }))).toBe('absent')
    expect(seen(null)).toBe('unclear')
    expect(submitSecret.trace?.isAbsenceProof).toBe(false)
  })
})
