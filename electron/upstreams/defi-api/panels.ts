import type { Amount } from '../../../shared/intent/amount.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Panel, PanelBlock, PanelValue } from '../../../shared/intent/panel.ts'
import { wordOf } from '../../../shared/intent/vocabulary.ts'
import { approvalWords, isDescribed, signableOf } from './signable.ts'
import { CREATED_STATUS, defiVocabulary } from './vocabulary.ts'

/** One labelled value of a panel. */
type Row = Extract<PanelBlock, { is: 'facts' }>['rows'][number]

type Fields = Record<string, string>

/** Rank from which on the maker's approval is there, and from which on the resolver has accepted it. */
const APPROVED_RANK = 1
const ACCEPTED_RANK = 2

/** The panels of an intent: how it is approved, how far the swap is, what was quoted. */
export function panelsOf(intent: Intent): Panel[] {
  return [approvalPanel(intent), signingPanel(intent), swapPanel(intent), quotePanel(intent)].filter(
    (panel) => panel !== null,
  )
}

function approvalPanel(intent: Intent): Panel | null {
  const approval = fieldsOf(intent, 'approval')
  const { kind } = approval
  const isOpenWord = kind !== undefined && !isDescribed(kind)
  const rows: Row[] = [{ label: 'State', value: approvalState(intent) }]
  if (kind !== undefined) {
    rows.push({ label: 'Kind', value: text(isOpenWord ? kind : `${kind}: ${approvalWords(kind)}`) })
  }
  addId(rows, 'Token approval to', { value: approval['approveTo'], what: 'contract' })
  addId(rows, 'Hash of the secret', { value: approval['secretHash'], what: 'hash' })
  const deadline = intent.deadlines.find((one) => one.kind === 'intentDeadline')
  if (deadline !== undefined)
    rows.push({ label: 'Approve before', value: { is: 'instant', atMs: deadline.atMs } })
  if (rows.length === 1) return null
  const blocks: PanelBlock[] = [{ is: 'facts', rows }]
  if (isOpenWord)
    blocks.push(
      note('The contract does not describe this kind of approval; it is shown as the system wrote it.'),
    )
  return { title: 'Approval', blocks }
}

/** What the maker's wallet has to sign, in words, field by field and raw, while it is waited for. */
function signingPanel(intent: Intent): Panel | null {
  const signable = intent.status === CREATED_STATUS || intent.status === '' ? signableOf(intent) : null
  if (signable === null) return null
  const { meaning, fields, raw } = signable
  const table: PanelBlock = {
    is: 'table',
    caption: 'What the maker’s wallet has to sign',
    columns: ['Field', 'Type', 'Value'],
    rows: fields.map(({ name, type, value }) => [text(name), text(type), { is: 'id', value, what: name }]),
    empty: 'The system named no field.',
  }
  const rows: Row[] = [
    { label: 'As the system gave it', value: { is: 'id', value: raw, what: 'JSON to sign' } },
  ]
  return {
    title: 'To be signed',
    blocks: [
      note(meaning ?? 'Nobody has described this kind of approval: it is shown as it came.'),
      table,
      { is: 'facts', rows },
    ],
  }
}

function approvalState({ status }: Intent): PanelValue {
  if (status === '') return state('calm', 'Not read yet')
  const word = wordOf(defiVocabulary, status)
  if (word === null) return state('attention', `Not known: nobody has described “${status}”`)
  if (word.rank < APPROVED_RANK) return state('attention', 'Waits for the maker')
  if (word.status === 'Failed') return state('failed', 'Declined by the resolver')
  if (word.status === 'Expired') return state('failed', 'Ran out of time')
  return word.rank < ACCEPTED_RANK
    ? state('calm', 'Attached, waits for the resolver')
    : state('done', 'Accepted by the resolver')
}

function swapPanel(intent: Intent): Panel | null {
  const swap = fieldsOf(intent, 'swap')
  if (Object.keys(swap).length === 0) return null
  const steps = [
    { label: 'Deposit', at: swap['depositedAtMs'], tx: swap['depositTx'], isExpected: true },
    { label: 'Fulfilment', at: swap['fulfilledAtMs'], tx: swap['payoutTx'], isExpected: true },
    // Only the generation that names the swap tells this step.
    { label: 'Swap', at: swap['swappedAtMs'], tx: swap['swapTx'], isExpected: swap['id'] !== undefined },
    { label: 'Refund', at: swap['refundedAtMs'], tx: undefined, isExpected: intent.phase === 'refunding' },
  ]
  const rows = steps
    .filter(({ at, tx, isExpected }) => isExpected || at !== undefined || tx !== undefined)
    .map(({ label, at, tx }): PanelValue[] => [
      text(label),
      at === undefined && tx === undefined ? state('calm', 'Not yet') : state('done', 'Done'),
      at === undefined ? text('–') : { is: 'instant', atMs: Number(at) },
      tx === undefined ? text('–') : { is: 'id', value: tx, what: 'transaction' },
    ])
  const facts: Row[] = []
  addId(facts, 'Swap', { value: swap['id'], what: 'swap id' })
  addId(facts, 'Deposit address', { value: swap['proxyAddress'], what: 'address' })
  addInstant(facts, 'Created', swap['createdAtMs'])
  const blocks: PanelBlock[] = [
    {
      is: 'table',
      caption: 'Steps of the swap',
      columns: ['Step', 'State', 'When', 'Transaction'],
      rows,
      empty: '',
    },
  ]
  if (facts.length > 0) blocks.push({ is: 'facts', rows: facts })
  if (intent.moneyAtRisk && intent.phase !== 'executing') blocks.push(note(refundWords(intent)))
  return { title: 'Swap progress', blocks }
}

/** The API has no way to refund: what is left is to watch, and to know where the funds go. */
function refundWords({ details }: Intent): string {
  const to = details['refund address']
  const where =
    to === undefined
      ? 'to the refund address that was given when the intent was created'
      : `to the refund address ${to}`
  return `A refund cannot be asked for over this API: it is made by the escrow or its resolver, ${where}.`
}

function quotePanel(intent: Intent): Panel | null {
  const quote = fieldsOf(intent, 'quote')
  const { source, destination } = intent
  const rows: Row[] = []
  addId(rows, 'Quote', { value: quote['id'], what: 'quote id' })
  addAmount(rows, 'Gives', source.amount)
  addAmount(rows, 'Receives at least', destination.amount)
  const most = quote['mostRaw']
  if (most !== undefined && destination.amount !== null)
    addAmount(rows, 'Receives at most', { ...destination.amount, amountRaw: most })
  const slippage = quote['slippageBps']
  if (slippage !== undefined) rows.push({ label: 'Slippage', value: text(`${slippage} basis points`) })
  addInstant(rows, 'Price holds until', quote['expiresAtMs'])
  return rows.length === 0 ? null : { title: 'Quote', blocks: [{ is: 'facts', rows }] }
}

function fieldsOf(intent: Intent, kind: string): Fields {
  return intent.parts[kind]?.[kind] ?? {}
}

function addId(
  rows: Row[],
  label: string,
  { value, what }: { value: string | undefined; what: string },
): void {
  if (value !== undefined) rows.push({ label, value: { is: 'id', value, what } })
}

function addInstant(rows: Row[], label: string, atMs: string | undefined): void {
  if (atMs !== undefined) rows.push({ label, value: { is: 'instant', atMs: Number(atMs) } })
}

function addAmount(rows: Row[], label: string, amount: Amount | null): void {
  if (amount !== null) rows.push({ label, value: { is: 'amount', amount } })
}

function text(words: string): PanelValue {
  return { is: 'text', text: words }
}

function state(tone: Extract<PanelValue, { is: 'state' }>['tone'], words: string): PanelValue {
  return { is: 'state', tone, text: words }
}

function note(words: string): PanelBlock {
  return { is: 'note', text: words }
}
