import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../../../shared/intent/intent.ts'
import { ID } from '../../../../test/fusionFacts.ts'
import {
  ARBITRUM,
  checked,
  given,
  inShort,
  intentWith,
  MIDNIGHT,
  NOW_MS,
  problems,
} from '../../../../test/fusionCommand.ts'
import { submitSignedIntent } from './submitSignedIntent.ts'

const account = privateKeyToAccount(`0x${'0a'.repeat(32)}`)
const BASE = 84_532
const TOKEN = `0x${'01'.repeat(20)}`
const DOMAIN = {
  name: 'Validator',
  version: '1',
  chainId: ARBITRUM,
  verifyingContract: `0x${'0c'.repeat(20)}`,
}
const field = (name: string, type = 'uint256'): { name: string; type: string } => ({ name, type })
const STRUCT = [
  field('user', 'address'),
  field('sourceChain'),
  field('destinationChain'),
  field('sourceToken', 'address'),
  field('destinationToken', 'address'),
  field('amount'),
  field('minReceived'),
  field('deadline'),
  field('nonce'),
]
const OTHER_STRUCT = [field('nonce'), ...STRUCT.filter(({ name }) => name !== 'nonce')]

const UNSIGNED = {
  intentId: ID,
  sender: account.address,
  fromChain: ARBITRUM,
  toChain: BASE,
  fromToken: TOKEN,
  toToken: `0x${'02'.repeat(20)}`,
  amount: '115792089237316195423570985008687907853269984665640564039457584007913129639935',
  minAmountOut: '990000',
  recipient: `0x${'03'.repeat(20)}`,
  nonce: '4',
  deadline: NOW_MS / 1_000 + 60,
}

async function signed(more: object = {}, struct = STRUCT): Promise<Record<string, unknown>> {
  const intent = { ...UNSIGNED, ...more }
  const message = {
    user: intent.sender,
    sourceChain: intent.fromChain,
    destinationChain: intent.toChain,
    sourceToken: intent.fromToken,
    destinationToken: intent.toToken,
    amount: intent.amount,
    minReceived: intent.minAmountOut,
    deadline: intent.deadline,
    nonce: intent.nonce,
  }
  const signature = await account.signTypedData({
    domain: DOMAIN as { chainId: number },
    types: { CrossChainIntent: struct },
    primaryType: 'CrossChainIntent',
    message,
  })
  return { ...intent, signature }
}

async function signatureState(input: object): Promise<unknown> {
  return (await checked(submitSignedIntent, given(submitSignedIntent, input)))['signature fits the sender']
}

it('is closed for an intent that the backend has already, whatever its letters', async () => {
  const state = async (known: Partial<Intent>) =>
    (await checked(submitSignedIntent, given(submitSignedIntent, await signed(), intentWith(known))))[
      'intent not known yet'
    ]
  expect(await state({ status: 'matched' })).toBe('unmet')
  const upperCase = [{ kind: 'intentId', value: ID.toUpperCase() }]
  expect(await state({ status: 'matched', aliases: upperCase })).toBe('unmet')
  expect(await state({ status: '' })).toBe('met')
  expect(await state({ status: 'matched', aliases: [{ kind: 'intentId', value: '0xother' }] })).toBe('met')
})

describe('the signature of an EVM maker', () => {
  it('is recovered under the domain that is given, over what is submitted', async () => {
    expect(await signatureState({ ...(await signed()), domain: DOMAIN })).toBe('met')
  })

  it('is not taken for good without the domain, nor under an assumed order that does not fit', async () => {
    expect(await signatureState(await signed())).toBe('unknown')
    expect(await signatureState({ ...(await signed({}, OTHER_STRUCT)), domain: DOMAIN })).toBe('unknown')
  })

  it('is proven with the types that were signed, and refuted when any value differs', async () => {
    const types = { CrossChainIntent: OTHER_STRUCT }
    const input = { ...(await signed({}, OTHER_STRUCT)), domain: DOMAIN, types }
    expect(await signatureState(input)).toBe('met')
    for (const changed of [
      { amount: '1' },
      { nonce: '5' },
      { deadline: UNSIGNED.deadline + 1 },
      { toChain: MIDNIGHT },
    ])
      expect(await signatureState({ ...input, ...changed })).toBe('unmet')
    const incomplete = { CrossChainIntent: [...OTHER_STRUCT, field('salt')] }
    expect(await signatureState({ ...input, types: incomplete })).toBe('unmet')
  })

  it('is refuted by a domain of another chain, and unknown where one key cannot have made it', async () => {
    const input = await signed()
    expect(await signatureState({ ...input, domain: { ...DOMAIN, chainId: BASE } })).toBe('unmet')
    expect(await signatureState({ ...input, signature: '0x1234', domain: DOMAIN })).toBe('unknown')
  })

  it('cannot be checked for a maker on Midnight', async () => {
    const input = { ...(await signed()), fromChain: MIDNIGHT, sender: 'ab'.repeat(32), domain: DOMAIN }
    expect(await signatureState(input)).toBe('unknown')
  })
})

describe('what was signed', () => {
  const states = async (more: object): Promise<Record<string, unknown>> => {
    const input = { ...UNSIGNED, signature: '0x12', ...more }
    return checked(submitSignedIntent, given(submitSignedIntent, input))
  }

  it('is open until its deadline, to the second', async () => {
    expect(await states({ deadline: NOW_MS / 1_000 + 1 })).toMatchObject({ 'deadline ahead': 'met' })
    expect(await states({ deadline: NOW_MS / 1_000 })).toMatchObject({ 'deadline ahead': 'unmet' })
  })

  it('has a deadline in seconds: milliseconds are refused with the question', async () => {
    expect(await states({ deadline: NOW_MS + 600_000 })).toMatchObject({ 'deadline ahead': 'unmet' })
  })

  it.each<[string, object, object]>([
    ['an amount of nothing', { amount: '0' }, { 'amounts above zero': 'unmet' }],
    ['no least amount', { minAmountOut: '0' }, { 'amounts above zero': 'unknown' }],
    [
      'a chain that is not documented',
      { toChain: 1 },
      { 'chains served': 'unknown', 'recipient canonical': 'unknown' },
    ],
    ['one chain for both ends', { toChain: ARBITRUM }, { 'chains served': 'unknown' }],
    ['Midnight for both ends', { fromChain: MIDNIGHT, toChain: MIDNIGHT }, { 'chains served': 'unmet' }],
    ['a sender that is none', { sender: 'alice' }, { 'sender canonical': 'unmet' }],
    [
      'a Midnight address in the form for display',
      { toChain: MIDNIGHT, recipient: 'mn_shield-addr_test1qq' },
      { 'recipient canonical': 'unmet' },
    ],
    [
      'a canonical Midnight address',
      { toChain: MIDNIGHT, recipient: 'ab'.repeat(32) },
      { 'recipient canonical': 'met' },
    ],
  ])('is judged: %s', async (_, more, expected) => {
    expect(await states(more)).toMatchObject(expected)
  })
})

describe('the input', () => {
  const input = { ...UNSIGNED, signature: '0x12' }
  const body = JSON.stringify(input)

  it('becomes exactly these bytes, in the documented order and without what was given for the checks', () => {
    const turned = Object.fromEntries(Object.entries({ ...input, domain: DOMAIN }).reverse())
    const filledIn = given(submitSignedIntent, turned)
    expect(inShort(submitSignedIntent.request(filledIn))).toEqual([
      'POST',
      'http://127.0.0.1:3001/api/intents/submit',
      body,
    ])
    expect(submitSignedIntent.subject(filledIn)).toBe(ID)
  })

  it.each([
    ['pasted as text', { signedIntent: body }],
    ['given as one object', { signedIntent: input }],
    ['with the domain as text', { signedIntent: body, domain: JSON.stringify(DOMAIN) }],
  ])('may be a file: %s', (_, folded) => {
    expect(submitSignedIntent.request(given(submitSignedIntent, folded)).body).toBe(body)
  })

  it('is refused in words', () => {
    expect(
      problems(submitSignedIntent, { ...input, intentId: '0x12', amount: 1, deadline: '9', memo: '' }),
    ).toEqual([
      'intentId: has to be 0x and 64 hex digits',
      'amount: has to be a text of decimal digits',
      'deadline: has to be a number of unix seconds',
      ': Unrecognized key: "memo"',
    ])
    expect(problems(submitSignedIntent, { signedIntent: '{"intentId":' })).toContain(
      ': Unrecognized key: "signedIntent"',
    )
    expect(problems(submitSignedIntent, { ...input, domain: '{' })).toEqual([
      'domain: has to be JSON, and cannot be read as such',
    ])
  })
})

it('follows the id that the backend answers with, and the one that was submitted', () => {
  const filledIn = given(submitSignedIntent, { ...UNSIGNED, signature: '0x12' })
  const followed = (text: string): unknown =>
    submitSignedIntent.judge({ httpStatus: 201, text, atMs: NOW_MS }, filledIn).follow?.value
  expect(followed('{"intentId":"0xother"}')).toBe('0xother')
  expect(followed('{}')).toBe(ID)
})

it('is told by the backend’s knowing the id; its not knowing it proves nothing, since the contract gives another', () => {
  const { trace } = submitSignedIntent
  expect(trace?.seen(null, {})).toBe('absent')
  expect(trace?.seen(intentWith({ isNotFound: true }), {})).toBe('absent')
  expect(trace?.seen(intentWith(), {})).toBe('unclear')
  expect(trace?.seen(intentWith({ status: 'proofs_pending' }), {})).toBe('applied')
  expect(trace?.isAbsenceProof).toBe(false)
})
