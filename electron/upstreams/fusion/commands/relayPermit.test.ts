import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { ID } from '../../../../test/fusionFacts.ts'
import {
  about,
  ARBITRUM,
  awaitingLock,
  checked,
  given,
  inShort,
  MIDNIGHT,
  NOW_MS,
  problems,
  standing,
} from '../../../../test/fusionCommand.ts'
import type { Command } from '../../command.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import { relayPermit } from './relayPermit.ts'

const account = privateKeyToAccount(`0x${'0b'.repeat(32)}`)
const TOKEN = `0x${'01'.repeat(20)}`
const PERMIT_UNTIL_SEC = NOW_MS / 1_000 + 30
const command = relayPermit as unknown as Command

function permitOf(more: object = {}): Parameters<typeof account.signTypedData>[0] & { message: object } {
  return {
    domain: {
      name: 'Permit2',
      chainId: ARBITRUM,
      verifyingContract: '0x000000000022D473030F116dDEE9F6B43aC78BA3',
    },
    types: {
      PermitTransferFrom: [
        { name: 'permitted', type: 'TokenPermissions' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
      TokenPermissions: [
        { name: 'token', type: 'address' },
        { name: 'amount', type: 'uint256' },
      ],
    },
    primaryType: 'PermitTransferFrom',
    message: {
      permitted: { token: TOKEN, amount: '1000' },
      nonce: '7',
      deadline: String(PERMIT_UNTIL_SEC),
      ...more,
    },
  }
}

function intent(said: Partial<Intent> = {}): Intent {
  const amount = { amountRaw: '1000', decimals: null, decimalsOrigin: 'unknown', symbol: null } as const
  return awaitingLock(ARBITRUM, {
    source: { chainId: ARBITRUM, token: TOKEN.toUpperCase().replace('0X', '0x'), amount },
    maker: account.address,
    proofStatus: 'verified',
    ...said,
  })
}

async function states(input: object, known = intent()): Promise<Record<string, unknown>> {
  return checked(relayPermit, given(relayPermit, input, known))
}

describe('what has to hold of the intent', () => {
  it('does until its deadline, to the second', async () => {
    expect(await standing(command, about(intent(), NOW_MS + 59_000))).toEqual({})
    expect(Object.keys(await standing(command, about(intent(), NOW_MS + 60_000)))).toEqual([
      'intent deadline ahead',
    ])
  })

  it.each<[string, Partial<Intent>, string]>([
    [
      'another family',
      { source: { chainId: MIDNIGHT, token: null, amount: null } },
      'source on an EVM chain',
    ],
    ['a proof nobody spoke of', { status: 'matched', proofStatus: null }, 'proof verified'],
    [
      'a proof in words that nobody described',
      { status: 'matched', proofStatus: 'cooking' },
      'proof verified',
    ],
    ['a lock', { fundsLockedAtMs: NOW_MS }, 'no source lock yet'],
  ])('does not with %s', async (_, said, name) => {
    expect(Object.keys(await standing(command, about(intent(said))))).toEqual([name])
  })
})

describe('what was signed', () => {
  it('is proven with the typed data: signer, chain, token, amount and deadline', async () => {
    const typedData = permitOf()
    const signature = await account.signTypedData(typedData)
    expect(await states({ signature, typedData })).toEqual({
      'permit signed by the maker': 'met',
      'permit for the source chain': 'met',
      'permit for the source amount': 'met',
      'permit deadline ahead': 'met',
    })
    expect(await states({ signature, typedData: JSON.stringify(typedData) })).toMatchObject({
      'permit signed by the maker': 'met',
    })
  })

  it('is unknown without it', async () => {
    expect(new Set(Object.values(await states({ signature: '0x12' })))).toEqual(new Set(['unknown']))
  })

  it('is refuted by another signer, chain, token, amount', async () => {
    const typedData = permitOf()
    const signature = await account.signTypedData(typedData)
    const other = intent({ maker: `0x${'99'.repeat(20)}` })
    expect(await states({ signature, typedData }, other)).toMatchObject({
      'permit signed by the maker': 'unmet',
    })
    const domain = { ...(typedData.domain as object), chainId: 1 }
    expect(await states({ signature, typedData: { ...typedData, domain } })).toMatchObject({
      'permit for the source chain': 'unmet',
      'permit signed by the maker': 'unmet',
    })
    const amounts = { '999': 'unmet', '1000': 'met', '1001': 'unknown' }
    for (const [amount, state] of Object.entries(amounts)) {
      const changed = permitOf({ permitted: { token: TOKEN, amount } })
      expect(await states({ signature, typedData: changed })).toMatchObject({
        'permit for the source amount': state,
      })
    }
    const elsewhere = permitOf({ permitted: { token: `0x${'02'.repeat(20)}`, amount: '1000' } })
    expect(await states({ signature, typedData: elsewhere })).toMatchObject({
      'permit for the source amount': 'unmet',
    })
  })

  it('holds until its own deadline, to the second', async () => {
    const untilSec = NOW_MS / 1_000
    const name = 'permit deadline ahead'
    expect(await states({ signature: '0x12', deadline: untilSec + 1 })).toMatchObject({ [name]: 'met' })
    expect(await states({ signature: '0x12', deadline: untilSec })).toMatchObject({ [name]: 'unmet' })
    const other = { signature: '0x12', deadline: PERMIT_UNTIL_SEC + 1, typedData: permitOf() }
    expect(await states(other)).toMatchObject({ [name]: 'unmet' })
  })
})

it('asks for exactly these bytes; the typed data is not sent', () => {
  const input = { typedData: permitOf(), deadline: '1900000000', nonce: '7', signature: '0x12' }
  expect(inShort(relayPermit.request(given(relayPermit, input, intent())))).toEqual([
    'POST',
    `http://127.0.0.1:3001/api/intents/${ID}/relay-permit`,
    `{"intentId":"${ID}","signature":"0x12","nonce":"7","deadline":1900000000}`,
  ])
})

it('answers bad input in words', () => {
  expect(problems(relayPermit, { signature: 'mine', nonce: 7, permit: {} })).toEqual([
    'signature: has to be 0x and hex digits',
    'nonce: has to be a text',
    ': Unrecognized key: "permit"',
  ])
})

it('is told by the lock that it leads to, whose absence proves nothing', () => {
  const { trace } = relayPermit
  expect(trace?.seen(intent(), {})).toBe('absent')
  expect(trace?.seen(intent({ fundsLockedAtMs: NOW_MS }), {})).toBe('applied')
  expect(trace?.seen(null, {})).toBe('unclear')
  expect(trace?.isAbsenceProof).toBe(false)
})
