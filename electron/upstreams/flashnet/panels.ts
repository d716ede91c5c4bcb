import type { Intent } from '../../../shared/intent/intent.ts'
import type { Panel, PanelBlock, PanelValue } from '../../../shared/intent/panel.ts'
import { amountOfAsset } from './amounts.ts'
import { isFailureWord } from './vocabulary.ts'

type Row = { label: string; value: PanelValue }

/** What a submission shows beside what all systems share. */
export function panels(intent: Intent): Panel[] {
  if (intent.status === '') return []
  return [depositsPanel(intent), executionPanel(intent)]
}

function depositsPanel(intent: Intent): Panel {
  const deposits = Object.values(intent.parts['deposits'] ?? {})
  const oracle: PanelBlock = { is: 'facts', rows: [{ label: 'Deposit oracle', value: oracleState(intent) }] }
  if (deposits.length === 0) {
    const text =
      'The gateway does not say which deposits a submission spends; the wallet that made it knows. Whatever was sent to the gateway before stays in custody until it is used or clawed back.'
    return { title: 'Deposits', blocks: [oracle, { is: 'note', text }] }
  }
  const table: PanelBlock = {
    is: 'table',
    caption: 'Transfers that it spends',
    columns: ['Spark transfer', 'Asset', 'Amount', 'Proof'],
    rows: deposits.map(depositRow),
    empty: 'None.',
  }
  return { title: 'Deposits', blocks: [oracle, table] }
}

function depositRow(fields: Record<string, string>): PanelValue[] {
  const { transferId = '', asset = '', amount = '', proof = '' } = fields
  const isSats = asset === 'sats'
  return [
    { is: 'id', value: transferId, what: 'Spark transfer' },
    isSats || asset === '' ? text(asset || 'not said') : { is: 'id', value: asset, what: 'Spark token' },
    amount === '' ? text('not said') : { is: 'amount', amount: amountOfAsset(amount, isSats) },
    text(proof || 'not said'),
  ]
}

/** What the status lets conclude: the gateway has no word of its own for its oracle, but for the one of its first generation. */
function oracleState({ status, phase, parts }: Intent): PanelValue {
  if (parts['cause']?.['status']?.['kind'] === 'deposit' && isFailureWord(status))
    return { is: 'state', tone: 'failed', text: 'Could not confirm a deposit' }
  if (phase === 'open') return { is: 'state', tone: 'calm', text: 'Confirming, where there are deposits' }
  const isPast = phase === 'executing' || phase === 'completed'
  return isPast
    ? { is: 'state', tone: 'done', text: 'Nothing left to confirm' }
    : { is: 'state', tone: 'attention', text: 'Not said' }
}

function executionPanel({ transactions, parts, failures, phase }: Intent): Panel {
  const cause = parts['cause']?.['status'] ?? {}
  const rows: Row[] = []
  for (const { label, hash } of transactions)
    rows.push({ label: 'Transaction', value: { is: 'id', value: hash, what: `${label} transaction` } })
  if (cause['kind'] === 'reverted')
    rows.push({ label: 'Outcome', value: { is: 'state', tone: 'failed', text: 'Reverted' } })
  else if (phase === 'completed')
    rows.push({ label: 'Outcome', value: { is: 'state', tone: 'done', text: 'Final' } })
  addText(rows, 'Why', cause['revert'])
  addText(rows, 'Stage', cause['stage'])
  addText(rows, 'Gas used', cause['gas_used'])
  addText(rows, 'Place in its batch', cause['intent_index'])
  if (cause['selector'] !== undefined)
    rows.push({ label: 'Selector', value: { is: 'id', value: cause['selector'], what: 'error selector' } })
  addText(rows, 'In the gateway’s words', failures['statusMessage'])
  if (rows.length > 0) return { title: 'Execution', blocks: [{ is: 'facts', rows }] }
  return { title: 'Execution', blocks: [{ is: 'note', text: 'No transaction has been heard of yet.' }] }
}

function addText(rows: Row[], label: string, value: string | undefined): void {
  if (value !== undefined && value !== '') rows.push({ label, value: text(value) })
}

function text(value: string): PanelValue {
  return { is: 'text', text: value }
}
