import { describe, expect, it } from 'vitest'
import { createdIntent, givenTo, notMet, wrongs, type Filled } from '../../../../test/defiGiven.ts'
import { ASKED, CREATED, signatureOf, stranger, typedData, wallet } from '../../../../test/defiPermit.ts'
import { ID } from '../../../../test/defiFacts.ts'
import { addApproval } from './addApproval.ts'

const DEADLINE_MS = CREATED.deadline_at * 1_000
const SIGNATURE = await signatureOf(wallet)
const PSBT = 'cHNidP8BAHECAAAAAQ=='

const waiting = createdIntent(CREATED, ASKED, { status: 'Created' })

function filled(input: object, more: Filled = {}) {
  return givenTo(
    addApproval,
    { approval_type: 'permit2', signed_data: SIGNATURE, ...input },
    { intent: waiting, ...more },
  )
}

describe('the request', () => {
  it('is the body of the page, for each generation at its own path', () => {
    const { method, url, body } = addApproval.request(filled({ typedData: typedData() }))
    expect([method, url]).toEqual(['POST', `https://defi.example/v1/intents/${ID}/approvals`])
    expect(body).toBe(`{"approval_type":"permit2","signed_data":"${SIGNATURE}"}`)
    const urlOf = (generation: 'affiliate' | 'signed') => addApproval.request(filled({}, { generation })).url
    expect(urlOf('signed')).toBe(`https://defi.example/v1/intents/${ID}/approvals/`)
    expect(urlOf('affiliate')).toBe(`https://defi.example/affiliate/v1/intents/${ID}/approvals`)
  })

  it('is the same from a file that holds kind and signature together, and from an object of a wallet', () => {
    const file = JSON.stringify({ approval_type: 'permit2', signed_data: SIGNATURE })
    expect(addApproval.request(filled({ signed_data: file }))).toEqual(addApproval.request(filled({})))
    const cosigned = { transaction: '0200', user_address: 'F8ZR' }
    const { body } = addApproval.request(
      filled({ approval_type: 'cosign', signed_data: JSON.stringify(cosigned) }),
    )
    expect(body).toBe('{"approval_type":"cosign","signed_data":{"transaction":"0200","user_address":"F8ZR"}}')
  })

  it('knows the kind from the creation', () => {
    expect(addApproval.fields[0]?.prefill?.(waiting)).toBe('permit2')
  })

  it.each([
    ['nothing signed', { approval_type: 'permit2', signed_data: '' }, 'signed_data must not be empty'],
    ['no kind', { signed_data: SIGNATURE }, 'approval_type has to be a text'],
    [
      'a key too many',
      { approval_type: 'permit2', signed_data: '0x12', nonce: 1 },
      'Unrecognized key: "nonce"',
    ],
  ])('answers bad input in words: %s', (_, input, sentence) => {
    expect(wrongs(addApproval, input).join()).toContain(sentence)
  })
})

describe('when it may be sent', () => {
  it('is open until the second of the deadline that only the creation told', async () => {
    expect(await notMet(addApproval, filled({}, { nowMs: DEADLINE_MS - 1_000 }))).toEqual({})
    expect(await notMet(addApproval, filled({}, { nowMs: DEADLINE_MS }))).toEqual({
      'approval deadline ahead: unmet': expect.stringContaining('no approval is taken after it') as string,
    })
  })

  it('is closed once there is an approval, and unknown where nobody can tell', async () => {
    const approved = createdIntent(CREATED, ASKED, { status: 'Created' }, { status: 'Approved' })
    expect(Object.keys(await notMet(addApproval, filled({}, { intent: approved })))).toEqual([
      'approval awaited: unmet',
    ])
    const odd = createdIntent(CREATED, ASKED, { status: 'Teleported' })
    expect(Object.keys(await notMet(addApproval, filled({}, { intent: odd })))).toEqual([
      'approval awaited: unknown',
    ])
    const unheard = createdIntent({}, {}, { status: 'Created' })
    expect(Object.keys(await notMet(addApproval, filled({}, { intent: unheard })))).toEqual([
      'approval deadline ahead: unknown',
      'kind of approval as asked: unknown',
      'signed by the maker: unknown',
    ])
  })
})

describe('who signed what', () => {
  it('is recovered from what the system asked to be signed', async () => {
    expect(await notMet(addApproval, filled({}))).toEqual({})
    const foreign = await signatureOf(stranger)
    expect(await notMet(addApproval, filled({ signed_data: foreign }))).toEqual({
      'signed by the maker: unknown': expect.stringContaining(`It recovers to ${stranger.address}`) as string,
    })
    expect(await notMet(addApproval, filled({ signed_data: foreign, typedData: typedData() }))).toEqual({
      'signed by the maker: unmet': `It recovers to ${stranger.address}, not to the maker ${wallet.address}.`,
    })
  })

  it('is refused where the wallet signed something else than the system asked for', async () => {
    const more = { permitted: { token: ASKED.from.from_token, amount: '999000000' } }
    const signed = await signatureOf(wallet, more)
    expect(await notMet(addApproval, filled({ signed_data: signed, typedData: typedData(more) }))).toEqual({
      'signed by the maker: unmet':
        'Something else was signed than the system asked for: amount 999000000 in place of 100500000.',
    })
    expect(await notMet(addApproval, filled({ typedData: typedData() }))).toEqual({})
  })

  it('cannot be told of the signature of a contract', async () => {
    expect(await notMet(addApproval, filled({ signed_data: `0x${'ab'.repeat(200)}` }))).toEqual({
      'signed by the maker: unknown': expect.stringContaining('only its chain can check') as string,
    })
  })

  it.each([
    { asked: 'permit2', kind: 'cosign', signed: '0200', expected: 'kind of approval as asked: unmet' },
    { asked: 'permit2', kind: 'permit2', signed: 'deadbeef', expected: 'form of what was signed: unmet' },
    { asked: 'htlc', kind: 'psbt', signed: '0200', expected: 'form of what was signed: unmet' },
    { asked: 'htlc', kind: 'htlc', signed: PSBT, expected: 'kind of approval as asked: unknown' },
    { asked: 'passkey', kind: 'passkey', signed: 'anything', expected: 'form of what was signed: unknown' },
  ])('asked for $asked, a $kind of $signed is $expected', async ({ asked, kind, signed, expected }) => {
    const intent = createdIntent({ ...CREATED, approval_type: asked }, ASKED, { status: 'Created' })
    const given = filled({ approval_type: kind, signed_data: signed }, { intent })
    expect(Object.keys(await notMet(addApproval, given))).toContain(expected)
  })

  it('takes either name for Bitcoin in its own generation', async () => {
    const intent = createdIntent({ approval_type: 'htlc' }, ASKED, { status: 'Created' })
    for (const [generation, kind] of [
      ['execution', 'psbt'],
      ['signed', 'htlc'],
    ] as const) {
      const names = Object.keys(
        await notMet(addApproval, filled({ approval_type: kind, signed_data: PSBT }, { intent, generation })),
      )
      expect(names).not.toContain('kind of approval as asked: unknown')
      expect(names).toContain('signed by the maker: unknown')
    }
  })
})

describe('what became of it', () => {
  const judge = (httpStatus: number, body: object) =>
    addApproval.judge({ httpStatus, text: JSON.stringify(body), atMs: 0 }, filled({}))

  it('is told by the answer; error 25 says what the maker has to do first', () => {
    expect(judge(200, {}).outcome).toBe('accepted')
    expect(judge(400, { code: 25, message: 'x' })).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('not yet approved to Permit2 on the chain') as string,
    })
    expect(judge(400, { code: 26, message: 'too late' }).why).toContain('too late')
    expect(judge(500, {}).outcome).toBe('unknown')
  })

  it('is seen in the status: moved on, still waiting, or run out of time either way', () => {
    const seen = (...words: string[]) =>
      addApproval.trace?.seen(createdIntent(CREATED, ASKED, ...words.map((status) => ({ status }))), {})
    expect(seen('Created')).toBe('absent')
    expect(seen('Created', 'Approved')).toBe('applied')
    expect(seen('Created', 'Failed')).toBe('applied')
    expect(seen('Created', 'Expired')).toBe('unclear')
    expect(seen('Created', 'Verified', 'Expired')).toBe('applied')
    expect(seen()).toBe('unclear')
    expect(addApproval.trace?.seen(null, {})).toBe('unclear')
    expect(addApproval.trace?.readId(filled({}))).toBe(ID)
  })
})
