import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { QuarantineFact } from '../../../shared/intent/fact.ts'
import { facts, firstIntentOf, HASH, NOW_MS, status } from '../../../test/oneinchFusionPlusFacts.ts'
import { redact } from '../kit/redact.ts'
import { READINGS, REPLIES } from './wire.ts'

interface GoldenFrame {
  kind: string
  frame: string
}

const frames = JSON.parse(
  readFileSync(new URL('captures/frames.json', import.meta.url), 'utf8'),
) as GoldenFrame[]
const SECRET = '9fc9953b5689cbd9fbdb0f1e524a19a59e4101a0d9ac2d9eb868ceb603df968a'

function golden(name: string): string {
  const found = frames.find(({ kind }) => kind === name)
  if (found === undefined) throw new Error(`There is no golden frame ${name}.`)
  return found.frame
}

describe('the frames of the published SDK', () => {
  it('order_created is an open order, its destination token not guessed from the placeholder', () => {
    const found = facts('order_created', golden('event:order_created'))
    expect(found).toHaveLength(1)
    const { learned, ...fact } = firstIntentOf(found)
    expect(fact).toMatchObject({
      kind: 'received',
      aliases: [{ kind: 'orderHash', value: HASH }],
      claim: { status: 'pending', phase: 'open', rank: 1 },
      flags: [],
    })
    expect(learned).toMatchObject({
      maker: '0xda6624d1c0297c937c792fe945825e53ad39c50f',
      source: { chainId: 1, amount: { amountRaw: '1500000000000000000', decimals: null } },
      destination: { chainId: 42161, amount: { amountRaw: '4100000000' } },
    })
    expect(learned.destination).not.toHaveProperty('token')
  })

  it.each([
    ['order_invalid', 'invalidated', null],
    ['order_balance_change', 'balanceChanged', null],
    ['order_allowance_change', 'allowanceChanged', null],
    ['order_filled', 'filled', null],
    ['order_filled_partially', 'filledPartially', null],
    ['order_cancelled', 'cancelled', { status: 'cancelled', phase: 'cancelled' }],
  ])('%s is %s', (event, kind, claim) => {
    const found = facts(event, golden(`event:${event}`))
    expect(found).toHaveLength(1)
    const fact = firstIntentOf(found)
    expect(fact.kind).toBe(kind)
    if (claim === null) expect(fact.claim).toBeNull()
    else expect(fact.claim).toMatchObject(claim)
  })

  it('secret_shared tells that the secret is out, and nothing of the secret', () => {
    const found = facts('secret_shared', golden('event:secret_shared'))
    expect(found).toHaveLength(1)
    expect(firstIntentOf(found)).toMatchObject({
      kind: 'secretShared',
      aliases: [{ kind: 'orderHash', value: HASH }],
      claim: null,
      learned: {
        solver: '0xf1c22ca0432786b73fb7d7f7ae61813967ab20a5',
        fundsLocked: { atMs: 1_767_225_600_000 },
        parts: {
          secrets: { '0': { sharedAtMs: String(NOW_MS), sourceDeployedAtMs: '1767225600000' } },
          timelocks: { order: { sourceWithdrawal: '36', destinationCancellation: '252' } },
        },
      },
    })
    expect(JSON.stringify(found)).not.toContain(SECRET)
  })

  it('the replies are read: active orders with their deadline, pings, methods', () => {
    const [active] = facts(REPLIES.activeOrders, golden('rpc:getActiveOrders'))
    expect(active).toMatchObject({
      kind: 'listed',
      claim: { phase: 'open' },
      learned: {
        deadlines: [
          { kind: 'intentDeadline', atMs: Date.UTC(2026, 0, 1, 0, 5, 12) },
          { kind: 'auctionEnd', atMs: Date.UTC(2026, 0, 1, 0, 5) },
        ],
      },
    })
    const secrets = facts(REPLIES.secrets, golden('rpc:getSecrets'))
    expect(secrets).toEqual([{ about: 'link', kind: 'secrets', atMs: null, text: null }])
    expect(facts(REPLIES.ping, golden('rpc:ping'))).toEqual([
      { about: 'link', kind: 'pong', atMs: null, text: null },
    ])
    expect(facts(REPLIES.allowedMethods, golden('rpc:getAllowedMethods'))[0]).toMatchObject({
      text: 'Methods allowed: ping, getAllowedMethods, getActiveOrders, getSecrets.',
    })
  })

  it('control: without the redaction the same frame carries the secret', () => {
    expect(golden('event:secret_shared')).toContain(SECRET)
    expect(redact(golden('event:secret_shared'))).not.toContain(SECRET)
  })
})

describe('what is wrong', () => {
  it.each([
    ['order_created', '{"event":"order_created","result":{"orderHash":7}}', '$.result.orderHash'],
    ['order_filled', '{"event":"order_filled","result":[]}', '$.result'],
    ['order_filled', '{"event":"order_filled"}', '$.result'],
    ['order_filled', '[1,2]', '$'],
    ['order_filled', '{"event":', '$'],
    [
      'secret_shared',
      '{"event":"secret_shared","result":{"idx":0,"srcImmutables":{}}}',
      '$.result.srcImmutables.orderHash',
    ],
    [READINGS.status, status({ fills: [{ escrowEvents: [7] }] }), '$.body.fills[0].escrowEvents[0]'],
    [READINGS.status, status({ status: 7 }), '$.body.status'],
  ])('%s: %s is quarantined at %s', (kind, payload, path) => {
    const found = facts(kind, payload)
    const quarantined = found.filter((fact): fact is QuarantineFact => fact.about === 'quarantine')
    expect(quarantined.map((fact) => fact.path)).toContain(path)
  })

  it('reads a payload that is called data, and counts it as drift', () => {
    const found = facts('order_filled', `{"event":"order_filled","data":{"orderHash":"${HASH}"}}`)
    expect(found).toMatchObject([
      { about: 'intent', kind: 'filled' },
      { about: 'drift', kind: 'unknown-field', what: 'data' },
    ])
  })

  it('keeps an event that nobody has described on the timeline of its order', () => {
    const found = facts('order_teleported', `{"event":"order_teleported","result":{"orderHash":"${HASH}"}}`)
    expect(found).toMatchObject([
      { about: 'drift', kind: 'unknown-event', what: 'order_teleported' },
      { about: 'intent', kind: 'undescribedEventReceived' },
    ])
  })
})
