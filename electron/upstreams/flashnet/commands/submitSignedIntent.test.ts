import { describe, expect, it } from 'vitest'
import { givenTo, notMet, standing, wrongs } from '../../../../test/flashnetGiven.ts'
import { CHAIN_ID, flashnetWallet, SATS, TOKENS } from '../../../../test/flashnetWallet.ts'
import { foldedSubmission } from '../../../../test/flashnetFacts.ts'
import { submitSignedIntent } from './submitSignedIntent.ts'

const NOW_MS = 1_795_269_600_000
const EXPIRES_AT_MS = NOW_MS + 15 * 60_000
const DAY_MS = 24 * 60 * 60_000
const RECIPIENT = `0x${'A1'.repeat(20)}`
const ON_CHAIN = { chainId: CHAIN_ID }
const wallet = flashnetWallet('7c'.repeat(32))
const file = wallet.deposit(EXPIRES_AT_MS, RECIPIENT, [SATS, TOKENS])

/** The same file without some of its fields. */
function without(...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(file).filter(([name]) => !names.includes(name)))
}

function given(input: unknown = file, settings: object = ON_CHAIN) {
  return givenTo(submitSignedIntent, input, { nowMs: NOW_MS, settings })
}

function stands(name: string, input?: unknown, settings?: object) {
  return standing(submitSignedIntent, name, given(input, settings))
}

describe('what is sent', () => {
  it('is the body of the page byte for byte, without the key', () => {
    const { method, url, body, secretHeaders } = submitSignedIntent.request(given())
    expect([method, url, secretHeaders]).toEqual([
      'POST',
      'https://gateway.example/api/v1/execute',
      ['authorization'],
    ])
    expect(body).toBe(
      `{"chainId":21022,"deposits":[{"sparkTransferId":"${SATS.sparkTransferId}","amount":"0x186a0","asset":{"type":"NATIVE_SATS"},"depositProof":{"payloadBytes":"0x","signature":"0x"}},{"sparkTransferId":"${TOKENS.sparkTransferId}","amount":"0x9c4","asset":{"type":"SPARK_TOKEN","tokenId":"${TOKENS.asset.tokenId}"},"depositProof":{"payloadBytes":"0xdeadbeef","signature":"${TOKENS.depositProof.signature}"}}],"recipient":"${RECIPIENT}","signature":"${file.signature}","expiresAt":${EXPIRES_AT_MS}}`,
    )
  })

  it('is the same whether the file is given whole, as a text or field by field', () => {
    const wanted = submitSignedIntent.request(given())
    expect(submitSignedIntent.request(given({ signedIntent: file }))).toEqual(wanted)
    expect(submitSignedIntent.request(given({ signedIntent: JSON.stringify(file) }))).toEqual(wanted)
    const beside = { signedIntent: without('publicKey'), publicKey: file.publicKey }
    expect(given(beside).input.publicKey).toBe(file.publicKey)
  })

  it('has the amounts of the first generation as whole numbers, no digit lost', async () => {
    const sats = '18446744073709551615'
    const old = wallet.nonceDeposit(EXPIRES_AT_MS, RECIPIENT, { nonce: 'nonce-xyz', sats })
    const text = JSON.stringify(old).replace(`"${sats}"`, sats)
    const settings = { ...ON_CHAIN, wire: 'nonce' }
    for (const input of [old, { signedIntent: text }]) {
      const { body } = submitSignedIntent.request(given(input, settings))
      expect(body).toBe(
        `{"chainId":21022,"deposits":[{"sparkTransferId":"${SATS.sparkTransferId}","amount":${sats},"asset":{"type":"btc"}}],"recipient":"${RECIPIENT}","signature":"${old.signature}","nonce":"nonce-xyz","expiresAt":${EXPIRES_AT_MS}}`,
      )
      expect(await notMet(submitSignedIntent, given(input, settings))).toEqual([])
      expect(submitSignedIntent.subject(given(input, settings))).toBe('nonce-xyz')
    }
  })
})

describe('what is checked', () => {
  it('lets a good file of each kind pass', async () => {
    const executed = wallet.execute(EXPIRES_AT_MS, await wallet.evmTransaction())
    const clawback = wallet.clawback(EXPIRES_AT_MS, 'ff'.repeat(16))
    for (const input of [file, executed, clawback])
      expect(await notMet(submitSignedIntent, given(input))).toEqual([])
  })

  it('opens at the second when the expiry is a day ahead, and closes when it is reached', async () => {
    const opensAtMs = EXPIRES_AT_MS - DAY_MS
    const at = (nowMs: number) => standing(submitSignedIntent, 'expiry within a day', { ...given(), nowMs })
    expect(await at(opensAtMs - 1_000)).toMatchObject({ state: 'unmet', opensAtMs })
    expect(await at(opensAtMs)).toMatchObject({ state: 'met' })
    expect(await at(EXPIRES_AT_MS - 1_000)).toMatchObject({ state: 'met' })
    expect(await at(EXPIRES_AT_MS)).toMatchObject({ state: 'unmet', opensAtMs: null })
  })

  it.each([
    ['another recipient', { recipient: `0x${'a2'.repeat(20)}` }],
    ['another expiry', { expiresAt: EXPIRES_AT_MS + 1 }],
    ['another amount', { deposits: [{ ...SATS, amount: '0x186a1' }, TOKENS] }],
    ['another order', { deposits: [TOKENS, SATS] }],
    ['another proof', { deposits: [{ ...SATS, depositProof: TOKENS.depositProof }, TOKENS] }],
    ['another key', { publicKey: flashnetWallet('7d'.repeat(32)).publicKey }],
  ])('finds a signature that does not fit: %s', async (_, change) => {
    const { state } = await stands('signature by the public key', { ...file, ...change })
    expect(state).toBe('unmet')
  })

  it('says what it cannot check: a signature without a key, a chain that is not set', async () => {
    expect(await notMet(submitSignedIntent, given(without('publicKey'), {}))).toEqual([
      'chain of the gateway: unknown',
      'signature by the public key: unknown',
    ])
    expect(await stands('chain of the gateway', file, { chainId: 1 })).toMatchObject({ state: 'unmet' })
  })

  it('refuses what was signed for the other generation', async () => {
    const { state, why } = await stands('generation of the gateway', file, { wire: 'nonce' })
    expect(state).toBe('unmet')
    expect(why).toContain('for the generation of gateways with proofs')
  })

  it('finds a transaction for another chain, and one that offers a fee', async () => {
    const other = wallet.execute(EXPIRES_AT_MS, await wallet.evmTransaction(1))
    const paying = wallet.execute(EXPIRES_AT_MS, await wallet.evmTransaction(CHAIN_ID, 5n))
    expect(await stands('EVM transaction fits', other)).toMatchObject({ state: 'unmet' })
    expect(await stands('EVM transaction fits', paying)).toMatchObject({ state: 'unknown' })
  })

  it('finds a transfer that stands in it twice, an amount of nothing, and an intentId that is not of this content', async () => {
    const twice = wallet.deposit(EXPIRES_AT_MS, RECIPIENT, [SATS, { ...SATS }])
    expect(await stands('each transfer once', twice)).toMatchObject({ state: 'unmet' })
    const nothing = wallet.deposit(EXPIRES_AT_MS, RECIPIENT, [{ ...SATS, amount: '0x0' }])
    expect(await stands('amounts above zero', nothing)).toMatchObject({ state: 'unmet' })
    expect(
      await stands('content not submitted before', { ...file, intentId: '0x'.padEnd(66, '7') }),
    ).toMatchObject({
      state: 'unmet',
    })
  })

  it('finds content that the gateway has already', async () => {
    const intentId = submitSignedIntent.subject(given())
    const intent = foldedSubmission({ intentId, status: 'EXPIRED' })
    const known = givenTo(submitSignedIntent, file, { nowMs: NOW_MS, intent })
    const { state, why } = await standing(submitSignedIntent, 'content not submitted before', known)
    expect([state, why]).toEqual(['unmet', expect.stringContaining('“EXPIRED”')])
    const named = await stands('content not submitted before', { ...file, intentId: `0x${intentId}` })
    expect(named).toMatchObject({ state: 'met', why: `Its intentId is ${intentId}.` })
  })

  it('tells in words what was signed', async () => {
    const { why } = await stands('decoded')
    expect(why).toBe(
      `Credits the deposits to ${RECIPIENT.toLowerCase()} on chain 21022. Spends 0.001 BTC of ${SATS.sparkTransferId} without a proof, 2500 base units of token ${TOKENS.asset.tokenId} of ${TOKENS.sparkTransferId}.`,
    )
  })
})

describe('bad input', () => {
  it.each([
    [
      'no action',
      without('recipient'),
      'There has to be exactly one of recipient, evmTransaction and clawback.',
    ],
    [
      'two actions',
      { ...file, clawback: { sparkTxid: 'ff'.repeat(16) } },
      'There has to be exactly one of recipient, evmTransaction and clawback.',
    ],
    [
      'a dashed transfer',
      { ...file, deposits: [{ ...SATS, sparkTransferId: 'a1b2-c3' }] },
      'deposits.0.sparkTransferId has to be bare hex',
    ],
    [
      'a number as amount',
      { ...file, deposits: [{ ...SATS, amount: 1_000 }] },
      'deposits.0.amount has to be 0x and hex digits',
    ],
    [
      'leading zeros',
      { ...file, deposits: [{ ...SATS, amount: '0x01' }] },
      'deposits.0.amount has to be 0x and lower-case',
    ],
    [
      'an asset of the other generation',
      { ...file, deposits: [{ ...SATS, asset: { type: 'btc' } }] },
      'deposits.0.asset.type has to have the type',
    ],
    ['an expiry as text', { ...file, expiresAt: '2026-11-21' }, 'expiresAt has to be unix milliseconds'],
    ['a short recipient', { ...file, recipient: '0xabc' }, 'recipient has to be 0x and 40 hex digits'],
    [
      'no transaction',
      { ...without('recipient'), evmTransaction: '0x1234' },
      'evmTransaction has to be a signed EIP-1559',
    ],
    ['a chain as text', { ...file, chainId: '0x521e' }, 'chainId has to be the id of a chain'],
    ['a foreign field', { ...file, deadline: 1 }, 'Unrecognized key: "deadline"'],
    ['nothing', {}, 'chainId has to be the id of a chain'],
    ['a text that is no JSON', { signedIntent: '{"chainId":' }, 'chainId has to be the id of a chain'],
  ])('is answered in words: %s', (_, input, sentence) => {
    expect(wrongs(submitSignedIntent, input).join('\n')).toContain(sentence)
  })

  it('is an amount that JSON has rounded', () => {
    const old = wallet.nonceDeposit(EXPIRES_AT_MS, RECIPIENT, { nonce: 'n', sats: '1' })
    const rounded = { ...old, deposits: [{ ...old.deposits[0], amount: 2 ** 53 + 2 }] }
    expect(wrongs(submitSignedIntent, rounded).join()).toContain('every digit of it')
    const tooMuch = { ...old, deposits: [{ ...old.deposits[0], amount: '18446744073709551616' }] }
    expect(wrongs(submitSignedIntent, tooMuch).join()).toContain('has to fit 64 bits')
  })
})

describe('the answer', () => {
  const judge = (httpStatus: number, body: object | string) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return submitSignedIntent.judge({ httpStatus, text, atMs: NOW_MS }, given())
  }

  it('names the submission that is followed from then on', () => {
    const intentId = submitSignedIntent.subject(given())
    const submissionId = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
    expect(judge(200, { submissionId, intentId: `0x${intentId}`, status: 'accepted' })).toMatchObject({
      outcome: 'accepted',
      follow: { kind: 'submissionId', value: submissionId },
      facts: { submissionId, intentId: `0x${intentId}`, expiresAt: '2026-11-21T14:15:00.000Z' },
      why: `The system took it (HTTP 200). It is followed as ${submissionId}.`,
    })
    expect(judge(200, { submissionId, intentId: '11'.repeat(32) }).why).toContain(
      `by its own rules that is ${intentId}`,
    )
  })

  it('is believed without a name, and says what that means', () => {
    expect(judge(202, '{}')).toMatchObject({ outcome: 'accepted', follow: null })
    expect(judge(202, '{}').why).toContain('cannot be followed')
    expect(judge(202, '{}').advice).toContain('Ask whoever runs the gateway')
  })

  it('409 is ambiguous: both readings, and what to look up first', () => {
    const { outcome, why, advice } = judge(409, 'intent_id already submitted')
    expect(outcome).toBe('refused')
    expect(why).toContain('either it was accepted before and all is well, or it came to nothing')
    expect(advice).toContain('Look up the first submissionId')
  })

  it.each([
    [401, 'refused'],
    [400, 'refused'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('HTTP %d is %s', (httpStatus, outcome) => {
    expect(judge(httpStatus, 'no')).toMatchObject({ outcome, follow: null })
  })
})
