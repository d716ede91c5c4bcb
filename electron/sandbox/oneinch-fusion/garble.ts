import { DEEP_LIST, DEEP_OBJECT, HUGE_LENGTH, pickKind } from '../kit/malformed.ts'
import type { Random } from '../kit/random.ts'
import type { SandboxOrder } from './order.ts'
import { payloadOf } from './payloads.ts'

type Kind = (order: SandboxOrder, random: Random) => string

/** The text of a frame that breaks the contract inside a connection that holds. */
export function garble(order: SandboxOrder, random: Random): string {
  return pickKind(random, { small: SMALL, huge: HUGE })(order, random)
}

function withFields(fields: (random: Random) => object): Kind {
  return (order, random) =>
    JSON.stringify({
      event: 'order_created',
      result: { ...payloadOf('order_created', order), ...fields(random) },
    })
}

function withText(field: string, text: string): Kind {
  return (order) => {
    const rest = JSON.stringify(payloadOf('order_created', order)).slice(1)
    return `{"event":"order_created","result":{"${field}":${text},${rest}}`
  }
}

const ROOTS = [
  '',
  'null',
  'true',
  '42',
  '"order"',
  '[]',
  '[[[]]]',
  '{}',
  '{"event":1}',
  '{"event":"order_filled"}',
  '1e400',
]

const SMALL: readonly Kind[] = [
  (_order, random) => random.pick(ROOTS),
  (order) =>
    JSON.stringify({ event: 'order_created', result: payloadOf('order_created', order) }).slice(0, -7),
  (order) =>
    JSON.stringify({ event: 'order_filled_partially', data: payloadOf('order_filled_partially', order) }),
  (order) => JSON.stringify({ event: 'order_teleported', result: { orderHash: order.orderHash } }),
  (_order, random) => JSON.stringify({ event: 'order_filled', result: random.pick([null, [], 'x', 7, {}]) }),
  (_order, random) =>
    JSON.stringify({
      method: random.pick(['getActiveOrders', 'getSecrets', '__proto__']),
      result: random.pick([null, 7, { error: 'no' }]),
    }),
  withFields((random) => ({ orderHash: random.pick([null, 7, '', {}, ['0x'], '../../x']) })),
  withFields((random) => ({ deadline: random.pick(['yesterday', '', -1, {}, 9e15]) })),
  withFields((random) => ({
    remainingMakerAmount: random.pick(['-1', '1.5', '1e18', 'NaN', '0x10', '', {}]),
  })),
  withFields((random) => ({ order: random.pick([null, [], 'x', { maker: 7 }, { makingAmount: '∞' }]) })),
  withFields((random) => ({ bridgeFee: '12', hint: { lane: random.integer(1, 9) } })),
  withText(
    'remainingMakerAmount',
    '115792089237316195423570985008687907853269984665640564039457584007913129639935',
  ),
  withText('__proto__', '{"isAdmin":true,"orderHash":"0x01"}'),
  withText('quoteId', '"\\ud800"'),
]

const HUGE: readonly Kind[] = [
  withFields(() => ({ extension: `0x${'f'.repeat(HUGE_LENGTH)}` })),
  withFields(() => ({ orderHash: `0x${'f'.repeat(HUGE_LENGTH)}` })),
  withText('order', DEEP_LIST),
  withText('extension', DEEP_OBJECT),
]
