import { DEEP_LIST, DEEP_OBJECT, HUGE_LENGTH, pickKind } from '../kit/malformed.ts'
import type { Random } from '../kit/random.ts'
import type { WorldIntent } from '../world/intent.ts'
import { statusPayload } from './payloads.ts'

/** A frame that breaks the contract inside a connection that holds. */
export interface GarbledFrame {
  event: string
  /** JSON text of the arguments after the event's name; empty when there are none. */
  text: string
}

type Kind = (intent: Record<string, unknown>, random: Random) => GarbledFrame

/** The next garbled frame, about a real intent where it needs one. */
export function garble(intent: WorldIntent, random: Random, nowMs: number): GarbledFrame {
  const kind = pickKind(random, { small: SMALL, huge: HUGE })
  return kind(statusPayload(intent, nowMs), random)
}

/** The whole packet as Socket.IO writes it on the default namespace. */
export function packetOf({ event, text }: GarbledFrame): string {
  const name = JSON.stringify(event)
  return text === '' ? `2[${name}]` : `2[${name},${text}]`
}

function frame(event: string, payload: unknown): GarbledFrame {
  return { event, text: JSON.stringify(payload) }
}

/** A kind that replaces some fields of a status. */
function withFields(fields: (random: Random) => Record<string, unknown>): Kind {
  return (intent, random) => frame('intent:status_changed', { ...intent, ...fields(random) })
}

/** A kind that replaces one field by JSON text that JavaScript itself would not write. */
function withText(field: string, text: string): Kind {
  return (intent) => {
    const { [field]: _replaced, ...rest } = intent
    return { event: 'intent:status_changed', text: `{"${field}":${text},${JSON.stringify(rest).slice(1)}` }
  }
}

const WRONG_ROOTS = ['', 'null', 'true', '42', '"0x"', '[]', '[[[]]]', '{}', '{},{}', '"",null', '1e400']

const SMALL: readonly Kind[] = [
  (_intent, random) => ({ event: 'intent:new', text: random.pick(WRONG_ROOTS) }),
  (_intent, random) => ({ event: 'intent:proof_changed', text: random.pick(WRONG_ROOTS) }),
  (_intent, random) => ({ event: 'mempool:stats', text: random.pick(WRONG_ROOTS) }),
  (_intent, random) => ({ event: 'intent:removed', text: random.pick(WRONG_ROOTS) }),
  (_intent, random) => ({ event: 'error', text: random.pick(['"overloaded"', 'null', '[1]', '{"code":7}']) }),
  withFields((random) => ({
    intentId: random.pick([null, 7, '', {}, ['0x'], '\u0000', '\u202e0x1234', '../../x']),
  })),
  withFields((random) => ({
    status: random.pick([null, 7, {}, '', 'warp_speed', 'COMPLETED', 'completed ']),
  })),
  withFields((random) => ({ amount: random.pick(['-1', '1.5', '1e18', 'NaN', '0x10', '', '∞', {}, [1]]) })),
  withFields((random) => ({ fromChain: random.pick(['421614', 'arbitrum', -1, 1.5, null, [421_614]]) })),
  withFields((random) => ({
    updatedAt: random.pick(['yesterday', '', -1, 'NaN', {}, 9e15, '+275760-09-13']),
  })),
  withFields((random) => ({
    txHashes: random.pick([null, [], 'none', [random.hex(32)], { odd: { deep: 1 } }]),
  })),
  withFields((random) => ({ htlcState: random.pick([[], 7, 'half_open', { source: 'locked' }]) })),
  withFields((random) => ({ bridgeFee: '12', settlementHint: { lane: random.integer(1, 9) } })),
  withFields((random) => ({
    failureReason: random.pick(['=HYPERLINK("http://x")', '<img src=x onerror=1>']),
  })),
  withText('amount', '115792089237316195423570985008687907853269984665640564039457584007913129639935'),
  withText('timestamp', '9007199254740993123'),
  withText('createdAt', '-1e400'),
  withText('solver', '"\\ud800"'),
  withText('__proto__', '{"isAdmin":true,"status":"completed"}'),
  withText('constructor', '{"prototype":{"isAdmin":true}}'),
  withText('intentId', '"0x01","intentId":"0x02"'),
  (_intent, random) =>
    frame('mempool:stats', { total: random.pick([-1, 'many', null, 1.5, []]), matched: {} }),
  ({ intentId }, random) => frame('intent:teleported', { intentId, to: random.integer(1, 9) }),
  (_intent, random) => frame(random.pick(['__proto__', 'toString', 'constructor', '', 'hasOwnProperty']), {}),
  ({ intentId }, random) => frame('intent:settlement_proof', { intentId, proof: random.hex(48) }),
]

const HUGE: readonly Kind[] = [
  withFields(() => ({ error: 'x'.repeat(HUGE_LENGTH) })),
  withFields(() => ({ intentId: `0x${'f'.repeat(HUGE_LENGTH)}` })),
  withText('htlcState', DEEP_LIST),
  withText('txHashes', DEEP_OBJECT),
  withText('amount', '9'.repeat(HUGE_LENGTH)),
  () => ({ event: 'intent:new', text: `[${'0,'.repeat(HUGE_LENGTH / 2)}0]` }),
]

/** Packets that are not Socket.IO at all; most clients close the connection on the first. */
export const BABBLE: readonly string[] = [
  '2["intent:new",{',
  '2{"intentId":"0x"}',
  '2[]',
  '2["connect",{}]',
  '9',
  'hello',
  '51-["intent:new",{"_placeholder":true,"num":0}]',
  '4"{"',
]
