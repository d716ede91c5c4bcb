import { formatAmount, type Amount } from '../../../../shared/intent/amount.ts'
import type { Panel, PanelBlock, PanelValue } from '../../../../shared/intent/panel.ts'
import { formatCountdown, formatInstant } from '../../../../shared/intent/time.ts'
import { valueAt } from './curve.ts'

/** A panel as lines of plain text, with whole ids and instants in UTC. */
export function panelLines({ blocks }: Panel, nowMs: number): string[] {
  return blocks.flatMap((block) => blockLines(block, nowMs))
}

function blockLines(block: PanelBlock, nowMs: number): string[] {
  switch (block.is) {
    case 'facts':
      return block.rows.map(({ label, value }) => `${label}: ${valueText(value, nowMs)}`)
    case 'table':
      return tableLines(block, nowMs)
    case 'curve':
      return curveLines(block, nowMs)
    case 'progress':
      return [`${block.caption}: ${amountText(block.done)} of ${amountText(block.total)}`]
    case 'note':
      return [block.text]
  }
}

function tableLines(
  { caption, columns, rows, empty }: Extract<PanelBlock, { is: 'table' }>,
  nowMs: number,
): string[] {
  if (rows.length === 0) return [`${caption}: ${empty}`]
  return [
    `${caption}:`,
    ...rows.map(
      (row) => `  ${row.map((value, at) => cellText(columns[at], valueText(value, nowMs))).join('; ')}`,
    ),
  ]
}

function cellText(column: string | undefined, text: string): string {
  return column === undefined || column === '' ? text : `${column}: ${text}`
}

function curveLines(
  { caption, unit, points }: Extract<PanelBlock, { is: 'curve' }>,
  nowMs: number,
): string[] {
  const present = valueAt(points, nowMs)
  const last = points.at(-1)
  if (present === null || last === undefined) return [`${caption}: not known`]
  const end = `${formatInstant(last.atMs, 'utc', nowMs)} (${formatCountdown(last.atMs, nowMs)})`
  return [
    `${caption}: ${`${present} ${unit}`.trim()} now; at its end, ${end}, ${`${last.value} ${unit}`.trim()}`,
  ]
}

function valueText(value: PanelValue, nowMs: number): string {
  switch (value.is) {
    case 'text':
    case 'state':
      return value.text
    case 'amount':
      return amountText(value.amount)
    case 'instant':
      return `${formatInstant(value.atMs, 'utc', nowMs)} (${formatCountdown(value.atMs, nowMs)})`
    case 'id':
      return value.value
  }
}

function amountText(amount: Amount): string {
  const { text, unit } = formatAmount(amount)
  return `${text} ${unit}`.trim()
}
