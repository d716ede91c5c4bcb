import type { Amount } from '../../../shared/intent/amount.ts'
import { formatUnits } from '../../../shared/intent/amount.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Panel, PanelBlock, PanelValue } from '../../../shared/intent/panel.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { isSaid } from '../kit/shape.ts'
import { evidenceOf, fillsOf, offsetsOf, worstFirst, type Escrow, type Evidence, type Fill } from './fills.ts'
import { windowsOf, type Side, type TimelockWindow } from './timelocks.ts'

/** A rate bump of this much is 100 %. Source: the SDK's auction calculator. */
const WHOLE_BUMP = 10_000_000n

const SIDES: readonly Side[] = ['source', 'destination']

/** What an order shows beside what all intents show: its auction, its escrows by fill, and their windows. */
export function fusionPlusPanels(intent: Intent): Panel[] {
  const fills = worstFirst(fillsOf(intent.parts))
  return [escrowPanel(intent, fills), auctionPanel(intent, fills)].filter(({ blocks }) => blocks.length > 0)
}

function escrowPanel(intent: Intent, fills: readonly Fill[]): Panel {
  const blocks: PanelBlock[] = [fillTable(intent, fills), escrowTable(fills)]
  const windows = windowTable(intent, fills)
  if (windows !== null) blocks.push(windows)
  const actions = actionTable(intent)
  if (actions !== null) blocks.push(actions)
  return { title: 'Escrows', blocks }
}

function fillTable(intent: Intent, fills: readonly Fill[]): PanelBlock {
  return {
    is: 'table',
    caption: 'Fills, the worst first',
    columns: ['Fill', 'Stands at', 'System’s word', 'Maker gives', 'Maker gets', 'Hashlock'],
    rows: fills.map((fill) => [
      text(String(fill.index)),
      evidenceState(evidenceOf(fill)),
      text(fill.status === '' ? '–' : fill.status),
      amountOrDash(fill.makerAmount, intent.source.amount),
      amountOrDash(fill.takerAmount, intent.destination.amount),
      idOrDash(fill.secret?.hashlock, 'hashlock'),
    ]),
    empty: 'No resolver has taken any part of this order yet.',
  }
}

function escrowTable(fills: readonly Fill[]): PanelBlock {
  return {
    is: 'table',
    caption: 'Escrows',
    columns: ['Fill', 'Side', 'State', 'Since', 'Escrow', 'Transaction'],
    rows: fills.flatMap((fill) => SIDES.map((side) => escrowRow(fill, side))),
    empty: 'No escrow has been seen.',
  }
}

function escrowRow(fill: Fill, side: Side): PanelValue[] {
  const escrow = fill[side]
  const { state, deed } = escrowState(escrow)
  return [
    text(String(fill.index)),
    text(wordsOfName(side)),
    state,
    instantOrDash(deed?.atMs),
    idOrDash(escrow.address, `${side} escrow`),
    idOrDash(deed?.transaction, 'transaction'),
  ]
}

function escrowState(escrow: Escrow): { state: PanelValue; deed: Escrow['created'] } {
  const { created, withdrawn, cancelled, rescued } = escrow
  if (rescued !== null) return { state: state('failed', 'Rescued'), deed: rescued }
  if (cancelled !== null) return { state: state('failed', 'Cancelled'), deed: cancelled }
  if (withdrawn !== null) return { state: state('done', 'Withdrawn'), deed: withdrawn }
  if (created !== null) return { state: state('calm', 'Locked'), deed: created }
  return { state: state('calm', 'Not seen yet'), deed: null }
}

/** Who may do what, by window (source: contract page of 1inch, section 3.2). */
const WINDOWS: Record<TimelockWindow['name'], { what: string; who: string }> = {
  finality: { what: 'Nothing', who: 'nobody' },
  sourceWithdrawal: { what: 'Withdraw with the secret', who: 'the resolver' },
  sourcePublicWithdrawal: { what: 'Withdraw to the resolver with the secret', who: 'any resolver' },
  sourceCancellation: { what: 'Cancel: funds go back to the maker', who: 'the resolver' },
  sourcePublicCancellation: { what: 'Cancel: funds go back to the maker', who: 'any resolver' },
  destinationWithdrawal: { what: 'Pay the maker out with the secret', who: 'the resolver' },
  destinationPublicWithdrawal: { what: 'Pay the maker out with the secret', who: 'any resolver' },
  destinationCancellation: { what: 'Cancel: funds go back to the resolver', who: 'the resolver' },
}

function windowTable({ parts }: Intent, fills: readonly Fill[]): PanelBlock | null {
  const offsets = offsetsOf(parts)
  if (offsets === null) return null
  const rows = fills.flatMap((fill) =>
    SIDES.flatMap((side) => {
      const createdMs = fill[side].created?.atMs ?? null
      const windows = createdMs === null ? [] : windowsOf(offsets, side, createdMs)
      return windows.map(({ name, fromMs }): PanelValue[] => [
        text(String(fill.index)),
        text(wordsOfName(side)),
        { is: 'instant', atMs: fromMs },
        text(WINDOWS[name].what),
        text(WINDOWS[name].who),
      ])
    }),
  )
  return {
    is: 'table',
    caption: 'Timelock windows, by the clock of the block',
    columns: ['Fill', 'Side', 'From', 'What may be done', 'By whom'],
    rows,
    empty: `Windows open after the escrows are created: ${Object.entries(offsets)
      .map(([name, sec]) => `${wordsOfName(name).toLowerCase()} ${sec} s`)
      .join(', ')}.`,
  }
}

function actionTable({ parts, isTerminal }: Intent): PanelBlock | null {
  const actions = Object.values(parts['publicActions'] ?? {})
  if (actions.length === 0 || isTerminal) return null
  return {
    is: 'table',
    caption: 'Offered to any resolver when last asked',
    columns: ['Side', 'Action', 'Escrow'],
    rows: actions.map(({ side = '–', action = '–', escrow }) => [
      text(wordsOfName(side)),
      text(wordsOfName(action)),
      idOrDash(escrow, 'escrow'),
    ]),
    empty: '',
  }
}

function auctionPanel(intent: Intent, fills: readonly Fill[]): Panel {
  const blocks: PanelBlock[] = []
  const validation = intent.details['validation']
  if (validation !== undefined) {
    const value =
      validation === 'valid' ? state('done', 'Valid') : state('attention', wordsOfName(validation))
    blocks.push({ is: 'facts', rows: [{ label: 'Can be filled', value }] })
  }
  const curve = curveOf(intent)
  if (curve !== null) blocks.push(curve)
  const total = intent.source.amount
  if (total !== null) {
    const done = fills.reduce((sum, { makerAmount }) => sum + BigInt(makerAmount ?? 0), 0n)
    blocks.push({
      is: 'progress',
      caption: 'Taken by resolvers',
      done: { ...total, amountRaw: String(done) },
      total,
    })
  }
  return { title: 'Auction', blocks }
}

/** What the maker gets at each instant: the least amount, more by the rate bump. */
function curveOf({ parts, destination }: Intent): PanelBlock | null {
  const least = destination.amount
  const points = Object.values(parts['auction'] ?? {})
  if (least === null || points.length < 2) return null
  const unit = least.decimals === null ? 'base units' : (least.symbol ?? 'tokens')
  return {
    is: 'curve',
    caption: 'What the maker gets for all of it',
    unit,
    points: points
      .map(({ atMs, rateBump }) => ({
        atMs: Number(atMs),
        value: formatUnits(bumped(least, rateBump ?? '0'), least.decimals),
      }))
      .sort((a, b) => a.atMs - b.atMs),
  }
}

function bumped({ amountRaw }: Amount, rateBump: string): string {
  const bump = BigInt(Math.max(0, Math.round(Number(rateBump) || 0)))
  return String((BigInt(amountRaw) * (WHOLE_BUMP + bump)) / WHOLE_BUMP)
}

const EVIDENCE: Record<Evidence, { tone: 'calm' | 'attention' | 'done' | 'failed'; text: string }> = {
  rescued: { tone: 'failed', text: 'Funds rescued' },
  sourceLocked: { tone: 'calm', text: 'Source locked' },
  bothLocked: { tone: 'calm', text: 'Both locked' },
  secretWanted: { tone: 'attention', text: 'Secret wanted' },
  secretOut: { tone: 'calm', text: 'Secret out' },
  destinationReturned: { tone: 'attention', text: 'Destination returned' },
  makerPaid: { tone: 'done', text: 'Maker paid' },
  settled: { tone: 'done', text: 'Over' },
  unlocked: { tone: 'calm', text: 'Announced' },
}

function evidenceState(evidence: Evidence): PanelValue {
  const { tone, text: words } = EVIDENCE[evidence]
  return state(tone, words)
}

function amountOrDash(amountRaw: string | null, like: Amount | null): PanelValue {
  if (amountRaw === null) return text('–')
  const { decimals = null, decimalsOrigin = 'unknown', symbol = null } = like ?? {}
  return { is: 'amount', amount: { amountRaw, decimals, decimalsOrigin, symbol } }
}

function text(words: string): PanelValue {
  return { is: 'text', text: words }
}

function state(tone: 'calm' | 'attention' | 'done' | 'failed', words: string): PanelValue {
  return { is: 'state', tone, text: words }
}

function idOrDash(value: string | null | undefined, what: string): PanelValue {
  return isSaid(value) ? { is: 'id', value, what } : text('–')
}

function instantOrDash(atMs: number | null | undefined): PanelValue {
  return isSaid(atMs) ? { is: 'instant', atMs } : text('–')
}
