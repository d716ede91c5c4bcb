import { DEEP_LIST, DEEP_OBJECT, HUGE_LENGTH, pickKind } from '../kit/malformed.ts'
import type { Random } from '../kit/random.ts'
import type { SandboxOrder } from './order.ts'
import { createdPayload } from './payloads.ts'

type Kind = (order: SandboxOrder, random: Random) => string

/** The text of a frame that breaks the contract inside a connection that holds. */
export function garble(order: SandboxOrder, random: Random): string {
  return pickKind(random, { small: SMALL, huge: HUGE })(order, random)
}

/** Bytes that are no WebSocket frame: reserved bits, and an opcode that does not exist. */
export const BABBLE = Buffer.from([0xff, 0x7f, 0x00, 0x13, 0x37])

/** A kind that replaces some fields of a new order. */
function withFields(fields: (random: Random) => object): Kind {
  return (order, random) =>
    JSON.stringify({ event: 'order_created', result: { ...createdPayload(order), ...fields(random) } })
}

/** A kind that replaces one field by JSON text that JavaScript itself would not write. */
function withText(field: string, text: string): Kind {
  return (order) => {
    const rest = JSON.stringify(createdPayload(order)).slice(1)
    return `{"event":"order_created","result":{"${field}":${text},${rest}}`
  }
}

const WRONG_ROOTS = ['', 'null', 'true', '42', '"0x"', '[]', '{}', '{"event":7}', '{"result":{}}', '1e400']

const SMALL: readonly Kind[] = [
  (_order, random) => random.pick(WRONG_ROOTS),
  (order) => JSON.stringify({ event: 'order_created', result: createdPayload(order) }).slice(0, -9),
  (_order, random) => JSON.stringify({ event: 'order_filled', result: random.pick([null, [], 'x', 7, {}]) }),
  ({ orderHash }) => JSON.stringify({ event: 'order_filled', data: { orderHash } }),
  ({ orderHash }) => JSON.stringify({ event: 'order_teleported', result: { orderHash } }),
  ({ orderHash }) =>
    JSON.stringify({ event: 'secret_shared', result: { idx: 'first', srcImmutables: { orderHash } } }),
  (_order, random) =>
    JSON.stringify({
      method: random.pick(['ping', 'getSecrets', '__proto__']),
      result: random.pick([null, 7]),
    }),
  withFields((random) => ({ orderHash: random.pick([null, 7, '', {}, ['0x'], '\u202e0x12', '../../x']) })),
  withFields((random) => ({ srcChainId: random.pick(['one', -1, 1.5, null, [1]]) })),
  withFields((random) => ({ order: random.pick([null, [], 'x', { maker: 7 }, { makingAmount: '∞' }]) })),
  withFields((random) => ({ bridgeFee: '12', hint: { lane: random.integer(1, 9) } })),
  withFields((random) => ({ quoteId: random.pick(['=HYPERLINK("http://x")', '<img src=x onerror=1>']) })),
  withText('order', '{"maker":"0x1","makerAsset":"0x2","makingAmount":9007199254740993123}'),
  withText('quoteId', '"\\ud800"'),
  withText('__proto__', '{"isAdmin":true,"orderHash":"0x01"}'),
]

const HUGE: readonly Kind[] = [
  withFields(() => ({ extension: `0x${'f'.repeat(HUGE_LENGTH)}` })),
  withFields(() => ({ orderHash: `0x${'f'.repeat(HUGE_LENGTH)}` })),
  withText('order', DEEP_LIST),
  withText('merkleLeaves', DEEP_OBJECT),
]
