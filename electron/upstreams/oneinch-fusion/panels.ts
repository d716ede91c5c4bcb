import type { Amount } from '../../../shared/intent/amount.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Panel, PanelBlock, PanelValue } from '../../../shared/intent/panel.ts'
import { auctionOf, payCurve } from './auction.ts'

type Row = { label: string; value: PanelValue }

/** The panels of an order: its auction, what was filled, and what stands in the way. */
export function panels(intent: Intent): Panel[] {
  return [auctionPanel(intent), fillsPanel(intent), fundingPanel(intent)].filter((panel) => panel !== null)
}

function auctionPanel(intent: Intent): Panel | null {
  const { startMs, endMs } = auctionOf(intent)
  const deadline = intent.deadlines.find(({ kind }) => kind === 'intentDeadline')
  const rows: Row[] = []
  if (startMs !== null) rows.push({ label: 'Begins', value: { is: 'instant', atMs: startMs } })
  if (endMs !== null) rows.push({ label: 'Ends', value: { is: 'instant', atMs: endMs } })
  if (deadline !== undefined)
    rows.push({ label: 'Order expires', value: { is: 'instant', atMs: deadline.atMs } })
  if (rows.length === 0) return null
  const least = intent.destination.amount
  if (least !== null) rows.push({ label: 'Least amount', value: { is: 'amount', amount: least } })
  const curve = payCurve(intent)
  const shown: PanelBlock =
    curve === null
      ? {
          is: 'note',
          text: 'The form of the auction is not known yet: it comes with the next reading over REST.',
        }
      : { is: 'curve', caption: 'What the whole order pays', ...curve }
  return { title: 'Auction', blocks: [{ is: 'facts', rows }, shown] }
}

function fillsPanel(intent: Intent): Panel | null {
  const whole = intent.source.amount
  const fills = Object.values(intent.parts['fills'] ?? {})
  const done = filledRaw(intent, fills)
  const rows = fills.map((fill): PanelValue[] => [
    fill['txHash'] === undefined
      ? { is: 'text', text: 'not said' }
      : { is: 'id', value: fill['txHash'], what: 'transaction' },
    amountValue(fill['filledMakerAmount'], whole),
    amountValue(fill['filledAuctionTakerAmount'], intent.destination.amount),
    amountValue(fill['takerFeeAmount'], intent.destination.amount),
  ])
  const table: PanelBlock = {
    is: 'table',
    caption: 'Each fill',
    columns: ['Transaction', 'Taken from the maker', 'Paid', 'Fee'],
    rows,
    empty: 'Nothing has been filled, as far as is known.',
  }
  if (whole === null || done === null) return rows.length === 0 ? null : { title: 'Fills', blocks: [table] }
  const progress: PanelBlock = {
    is: 'progress',
    caption: 'Filled',
    done: { ...whole, amountRaw: done },
    total: whole,
  }
  return { title: 'Fills', blocks: [progress, table] }
}

/** What was filled: the most that anybody said, since fills and the rest are told by different frames. */
function filledRaw(intent: Intent, fills: Record<string, string>[]): string | null {
  const whole = intent.source.amount
  if (whole === null) return null
  if (intent.phase === 'completed') return whole.amountRaw
  const sum = fills.reduce((total, fill) => total + BigInt(fill['filledMakerAmount'] ?? '0'), 0n)
  const rest = intent.parts['order']?.['rest']?.['remainingMakerAmount']
  const gone = rest === undefined ? 0n : BigInt(whole.amountRaw) - BigInt(rest)
  return (sum > gone ? sum : gone).toString()
}

function fundingPanel(intent: Intent): Panel | null {
  const blocks: PanelBlock[] = []
  const impediment = impedimentOf(intent.status)
  if (impediment !== null) blocks.push({ is: 'note', text: impediment })
  const funding = intent.parts['funding']?.['now']
  if (funding !== undefined) blocks.push({ is: 'facts', rows: fundingRows(intent, funding) })
  return blocks.length === 0 ? null : { title: 'What stands in the way', blocks }
}

function fundingRows(intent: Intent, funding: Record<string, string>): Row[] {
  const whole = intent.source.amount
  const rest = funding['remainingMakerAmount'] ?? whole?.amountRaw
  const rows: Row[] = []
  for (const [field, label] of [
    ['balance', 'Balance'],
    ['allowance', 'Allowance'],
  ] as const) {
    const has = funding[field]
    if (has === undefined) continue
    rows.push({ label, value: amountValue(has, whole) })
    if (rest !== undefined) rows.push({ label: `${label} suffices`, value: sufficiency(has, rest) })
  }
  const readAtMs = Number(funding['readAtMs'])
  if (Number.isSafeInteger(readAtMs)) rows.push({ label: 'As of', value: { is: 'instant', atMs: readAtMs } })
  return rows
}

function sufficiency(has: string, needs: string): PanelValue {
  return BigInt(has) >= BigInt(needs)
    ? { is: 'state', tone: 'done', text: 'for all that is left' }
    : { is: 'state', tone: 'attention', text: 'not for all that is left' }
}

function impedimentOf(status: string): string | null {
  switch (status) {
    case 'not-enough-balance-or-allowance':
      return 'The maker holds too little of the token, or allows too little of it to be taken: nobody can fill the order until that changes.'
    case 'false-predicate':
      return 'A condition signed into the order does not hold at present: nobody can fill it until it does.'
    case 'wrong-permit':
      return 'The signed permit does not work: nobody can fill this order any more.'
    case 'invalid-signature':
      return 'The signature is not the maker’s: nobody can fill this order.'
    case 'invalid-maker-traits':
      return 'The order’s own settings contradict each other: nobody can fill it.'
    default:
      return null
  }
}

/** An amount of the same token as a known one; base units where nothing is known of it. */
function amountValue(amountRaw: string | undefined, like: Amount | null): PanelValue {
  if (amountRaw === undefined) return { is: 'text', text: 'not said' }
  const bare: Amount = { amountRaw, decimals: null, decimalsOrigin: 'unknown', symbol: null }
  return { is: 'amount', amount: like === null ? bare : { ...like, amountRaw } }
}
