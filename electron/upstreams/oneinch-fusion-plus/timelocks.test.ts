import { expect, it } from 'vitest'
import { timelocksOf, windowsOf, type Side } from './timelocks.ts'

// The fixture of the published SDK's own time-locks, and which stage it names so many seconds after deployment.
const DECIMAL = '47644307924823291283343930047729087647378315023857817227475353145674869768228'
const HEX = '0x6955b900000000fc000000840000000c000001bc00000144000000a800000024'
const STAGES = [
  { atSec: 0, source: 0, destination: 0 },
  { atSec: 11, source: 0, destination: 0 },
  { atSec: 12, source: 0, destination: 1 },
  { atSec: 35, source: 0, destination: 1 },
  { atSec: 36, source: 1, destination: 1 },
  { atSec: 131, source: 1, destination: 1 },
  { atSec: 132, source: 1, destination: 2 },
  { atSec: 167, source: 1, destination: 2 },
  { atSec: 168, source: 2, destination: 2 },
  { atSec: 251, source: 2, destination: 2 },
  { atSec: 252, source: 2, destination: 3 },
  { atSec: 323, source: 2, destination: 3 },
  { atSec: 324, source: 3, destination: 3 },
  { atSec: 443, source: 3, destination: 3 },
  { atSec: 444, source: 4, destination: 3 },
  { atSec: 700_000, source: 4, destination: 3 },
]

it.each([DECIMAL, HEX])('unpacks %s', (packed) => {
  expect(timelocksOf(packed)).toEqual({
    offsetsSec: {
      sourceWithdrawal: 36,
      sourcePublicWithdrawal: 168,
      sourceCancellation: 324,
      sourcePublicCancellation: 444,
      destinationWithdrawal: 12,
      destinationPublicWithdrawal: 132,
      destinationCancellation: 252,
    },
    deployedAtMs: 1_767_225_600_000,
  })
})

it('leaves the creation open where the system leaves it out', () => {
  expect(timelocksOf(`0x${HEX.slice(10)}`)?.deployedAtMs).toBeNull()
})

it.each(['', '0x', 'soon', '-1', '1.5', `0x1${'0'.repeat(64)}`, '9'.repeat(78), '0xzz'])(
  'takes %s for no timelock',
  (packed) => {
    expect(timelocksOf(packed)).toBeNull()
  },
)

it('is in the stage that the SDK names, to the second: a window begins at its instant', () => {
  const { offsetsSec, deployedAtMs } = timelocksOf(HEX) ?? {}
  if (offsetsSec === undefined || deployedAtMs === undefined) throw new Error('The fixture was not read.')
  const stageAt = (side: Side, atMs: number): number =>
    windowsOf(offsetsSec, side, deployedAtMs ?? 0).filter(({ fromMs }) => fromMs <= atMs).length - 1
  for (const { atSec, source, destination } of STAGES) {
    const atMs = (deployedAtMs ?? 0) + atSec * 1_000
    expect([stageAt('source', atMs), stageAt('destination', atMs)], String(atSec)).toEqual([
      source,
      destination,
    ])
  }
})
