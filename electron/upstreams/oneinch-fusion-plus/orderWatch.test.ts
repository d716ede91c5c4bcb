import { expect, it } from 'vitest'
import { paceOf } from './orderWatch.ts'

const created = { side: 'src', action: 'src_escrow_created' }
const locked = { side: 'dst', action: 'dst_escrow_created' }

function order(status: string, ...escrowEvents: object[]): object {
  return { status, fills: escrowEvents.length === 0 ? [] : [{ escrowEvents }] }
}

it.each([
  ['is not known', null, { everyMs: null, isBothLocked: false }],
  ['has no fill', order('pending'), { everyMs: 30_000, isBothLocked: false }],
  ['has a source escrow', order('pending', created), { everyMs: 5_000, isBothLocked: false }],
  ['has both escrows', order('pending', created, locked), { everyMs: 5_000, isBothLocked: true }],
  [
    'has paid its maker',
    order('pending', created, locked, { side: 'dst', action: 'withdrawn' }),
    { everyMs: 5_000, isBothLocked: false },
  ],
  ['is refunding', order('refunding', created), { everyMs: 5_000, isBothLocked: false }],
  ['has expired', order('expired'), { everyMs: null, isBothLocked: false }],
  ['has expired with funds in escrow', order('expired', created), { everyMs: 60_000, isBothLocked: false }],
  [
    'has expired and given them back',
    order('expired', created, { side: 'src', action: 'escrow_cancelled' }),
    { everyMs: null, isBothLocked: false },
  ],
  ['was executed', order('executed', created), { everyMs: null, isBothLocked: false }],
  ['has a word that nobody knows', order('teleported'), { everyMs: 30_000, isBothLocked: false }],
])('an order that %s is read again in its time', (_, body, pace) => {
  expect(paceOf(body)).toMatchObject(pace)
})
