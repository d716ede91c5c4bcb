import { describe, expect, it } from 'vitest'
import { overdueOnCourse, situationAt } from '../../../shared/intent/course.ts'
import type { Parts } from '../../../shared/intent/fact.ts'
import { unheardIntent } from '../../../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { OFFSETS } from '../../../test/fusionPlusGiven.ts'
import { fusionPlusCourse } from './course.ts'
import { fillsOf, worstFirst } from './fills.ts'
import { fusionPlusPanels } from './panels.ts'
import { STAGES } from './situations.ts'

/** The source escrow's creation; the destination's follows 20 s later. */
const SOURCE_MS = 1_767_225_600_000
const DESTINATION_MS = SOURCE_MS + 20_000

const SOURCE = { sourceCreated: '0xA1', sourceCreatedAtMs: String(SOURCE_MS), sourceEscrow: '0xe1' }
const DESTINATION = { destinationCreated: '0xa2', destinationCreatedAtMs: String(DESTINATION_MS) }

function intent(more: Partial<Intent>): Intent {
  const connection = connectionId('plus')
  const id = intentIdOf(connection, { kind: 'orderHash', value: '0x01' })
  const key = { atMs: SOURCE_MS, rank: 1, emittedAtMs: SOURCE_MS, receivedAtMs: SOURCE_MS, key: '' }
  const unheard = unheardIntent({ id, system: 'oneinch-fusion-plus', connection }, key)
  return { ...unheard, status: 'pending', phase: 'executing', ...more }
}

function withFills(fills: Record<string, Record<string, string>>, more: Parts = {}): Intent {
  return intent({ parts: { fills, timelocks: { order: OFFSETS }, ...more } })
}

/** Labels by the second after the source escrow at which each begins. */
function steps(of: Intent): [number, string][] {
  return fusionPlusCourse(of).map(({ fromMs, label }) => [(fromMs - SOURCE_MS) / 1_000, label])
}

const REFUND: [number, string][] = [
  [324, STAGES.sourceRefundDue.label],
  [444, STAGES.sourceRefundOpen.label],
]
const MISSED: [number, string][] = [[272, STAGES.destinationRefundDue.label], ...REFUND]
const READY = { ready: { '0xa1': { idx: '0' } } }
const SHARED = { secrets: { '0': { sharedAtMs: String(DESTINATION_MS + 15_000) } } }

describe('where a fill stands, by what is known of it', () => {
  it.each<[string, Intent, [number, string][]]>([
    ['the source only', withFills({ '0': SOURCE }), [[0, STAGES.destinationMissing.label], ...REFUND]],
    [
      'both escrows',
      withFills({ '0': { ...SOURCE, ...DESTINATION } }),
      [[20, STAGES.finalityLock.label], [32, STAGES.secretDue.label], ...MISSED],
    ],
    [
      'a secret that is waited for',
      withFills({ '0': { ...SOURCE, ...DESTINATION } }, READY),
      [[32, STAGES.secretWanted.label], ...MISSED],
    ],
    [
      'a secret that is out',
      withFills({ '0': { ...SOURCE, ...DESTINATION } }, { ...READY, ...SHARED }),
      [[35, STAGES.payoutPending.label], [152, STAGES.payoutOpen.label], ...MISSED],
    ],
    [
      'a maker who was paid',
      withFills({
        '0': {
          ...SOURCE,
          ...DESTINATION,
          destinationWithdrawn: '0xa3',
          destinationWithdrawnAtMs: String(SOURCE_MS + 60_000),
        },
      }),
      [
        [60, STAGES.collectPending.label],
        [168, STAGES.collectOpen.label],
        [324, STAGES.collectMissed.label],
      ],
    ],
    [
      'a destination that went back',
      withFills({
        '0': {
          ...SOURCE,
          ...DESTINATION,
          destinationCancelled: '0xa3',
          destinationCancelledAtMs: String(SOURCE_MS + 280_000),
        },
      }),
      [[280, STAGES.sourceRefundWaits.label], ...REFUND],
    ],
    [
      'no timelocks said',
      intent({ parts: { fills: { '0': SOURCE } } }),
      [[0, STAGES.destinationMissing.label]],
    ],
  ])('with %s', (_, of, expected) => {
    expect(steps(of)).toEqual(expected)
  })

  it('is over for a fill that is settled, and for an order that is', () => {
    const back = withFills({ '0': { ...SOURCE, sourceCancelled: '0xa3' } })
    expect(fusionPlusCourse({ ...back, status: 'refunding' })).toEqual([])
    expect(fusionPlusCourse({ ...withFills({ '0': SOURCE }), status: 'executed' })).toEqual([])
  })

  it('goes on after an order has expired, as long as funds are in an escrow', () => {
    expect(steps({ ...withFills({ '0': SOURCE }), status: 'expired', isTerminal: true })).not.toEqual([])
  })

  it('holds from the evidence on what had opened before it came', () => {
    const late = { secrets: { '0': { sharedAtMs: String(SOURCE_MS + 200_000) } } }
    const of = withFills({ '0': { ...SOURCE, ...DESTINATION } }, late)
    const course = fusionPlusCourse(of)
    expect(situationAt(course, SOURCE_MS + 200_000)?.label).toBe(STAGES.payoutOpen.label)
    expect(overdueOnCourse(course)).toBe(SOURCE_MS + 200_000)
  })

  it('is overdue when its actor is, by the first wait that is no longer normal', () => {
    expect(overdueOnCourse(fusionPlusCourse(withFills({ '0': SOURCE })))).toBe(SOURCE_MS + 300_000)
    const both = fusionPlusCourse(withFills({ '0': { ...SOURCE, ...DESTINATION } }))
    expect(overdueOnCourse(both)).toBe(DESTINATION_MS + 12_000 + 120_000)
  })
})

describe('several fills', () => {
  const paid = { ...SOURCE, ...DESTINATION, destinationWithdrawn: '0xa3', sourceWithdrawn: '0xa4' }
  const later = { sourceCreated: '0xb1', sourceCreatedAtMs: String(SOURCE_MS + 60_000) }
  const rescued = { ...later, sourceRescued: '0xb9', sourceRescuedAtMs: String(SOURCE_MS + 900_000) }

  it('are told worst first: rescued, then the open one whose time runs out first, then what is over', () => {
    const of = withFills({ '0': paid, '1': later, '2': SOURCE, '3': rescued })
    expect(worstFirst(fillsOf(of.parts)).map(({ index }) => index)).toEqual([3, 2, 1, 0])
    expect(steps(of)).toEqual([[900, STAGES.rescued.label]])
    expect(steps(withFills({ '0': paid, '1': later, '2': SOURCE }))[0]).toEqual([
      0,
      STAGES.destinationMissing.label,
    ])
  })

  it('stand in the panel in that order, with the windows of each escrow', () => {
    const [escrows] = fusionPlusPanels(withFills({ '0': paid, '1': later }))
    const tables = escrows?.blocks.flatMap((block) => (block.is === 'table' ? [block] : []))
    const texts = (column: number, at: number): unknown[] =>
      (tables?.[at]?.rows ?? []).map((row) => row[column]).map((value) => value?.is === 'text' && value.text)
    expect(texts(0, 0)).toEqual(['1', '0'])
    expect(texts(0, 1)).toEqual(['1', '1', '0', '0'])
    // Five windows of each source, four of the one destination.
    expect(texts(0, 2)).toEqual([...Array<string>(5).fill('1'), ...Array<string>(9).fill('0')])
  })
})

describe('an order without an open fill', () => {
  it('stands in its auction, then behind it, or cannot be filled', () => {
    const endMs = SOURCE_MS + 180_000
    const open = intent({ phase: 'open', deadlines: [{ kind: 'auctionEnd', atMs: endMs }] })
    expect(steps(open)).toEqual([
      [0, STAGES.auction.label],
      [180, STAGES.auctionOver.label],
    ])
    const poor = { ...open, details: { validation: 'not-enough-balance' } }
    expect(fusionPlusCourse(poor)).toMatchObject([{ label: STAGES.unfillable.label, nextActor: 'maker' }])
    expect(fusionPlusCourse({ ...open, status: 'unpublished' })).toEqual([])
  })

  it('shows what the maker gets over time, exactly', () => {
    const amount = { amountRaw: '1000000', decimals: 6, decimalsOrigin: 'list', symbol: 'USDC' } as const
    const panels = fusionPlusPanels(
      intent({
        destination: { chainId: 1, token: '0x', amount },
        parts: {
          auction: {
            '0': { atMs: String(SOURCE_MS), rateBump: '100000' },
            '1': { atMs: String(SOURCE_MS + 180_000), rateBump: '0' },
          },
        },
      }),
    )
    expect(panels.flatMap(({ blocks }) => blocks)).toContainEqual({
      is: 'curve',
      caption: 'What the maker gets for all of it',
      unit: 'USDC',
      points: [
        { atMs: SOURCE_MS, value: '1.01' },
        { atMs: SOURCE_MS + 180_000, value: '1' },
      ],
    })
  })
})
