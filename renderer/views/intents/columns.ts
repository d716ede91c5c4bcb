import type { ColDef } from 'ag-grid-community'
import type { SORTS } from '../../../shared/api/contract.ts'
import type { IntentRow } from '../../../shared/api/row.ts'
import type { MarkedField } from '../../replica/marks.ts'
import { CELLS, rendererOf, type Cell } from './cells.ts'
import type { GridContext, GridWords } from './GridContext.ts'

/** One column of the grid of intents. */
export interface IntentColumn {
  id: string
  title: string
  /** Pixels, as delivered. */
  width: number
  /** A cell is painted again only when this differs. */
  value: (row: IntentRow, words: GridWords) => string | number
  /** The order of the contract that this column stands for; a column without one cannot be sorted by. */
  sort?: (typeof SORTS)[number]
  /** The change that marks its cells. */
  mark?: MarkedField
  isHiddenAtFirst?: true
}

/** Every column, in the order as delivered. */
export const INTENT_COLUMNS: readonly IntentColumn[] = [
  { id: 'system', title: 'System', width: 104, value: (row, words) => words.systemLabel(row.system) },
  { id: 'intent', title: 'Intent', width: 120, value: (row) => row.mainId },
  { id: 'phase', title: 'Phase', width: 104, value: (row) => row.phase, mark: 'phase' },
  { id: 'status', title: 'Status', width: 166, value: (row) => row.status, mark: 'status' },
  {
    id: 'wait',
    title: 'Time in phase',
    width: 172,
    value: (row) => `${String(row.phaseSinceMs)} ${String(row.overdueAtMs)}`,
    sort: 'phaseSince',
  },
  {
    id: 'next',
    title: 'Acts next',
    width: 184,
    value: (row) => `${row.status} ${String(row.isTerminal)} ${JSON.stringify(row.situations)}`,
  },
  { id: 'route', title: 'Route', width: 236, value: routeOf, mark: 'route' },
  {
    id: 'gives',
    title: 'Gives',
    width: 208,
    value: (row) => JSON.stringify(row.source.amount),
    mark: 'route',
  },
  {
    id: 'gets',
    title: 'Gets',
    width: 208,
    value: (row) => JSON.stringify(row.destination.amount),
    mark: 'route',
  },
  {
    id: 'maker',
    title: 'Maker',
    width: 128,
    value: (row) => row.maker ?? '',
    mark: 'maker',
  },
  {
    id: 'solver',
    title: 'Solver',
    width: 128,
    value: (row) => row.solver ?? '',
    mark: 'solver',
  },
  {
    id: 'deadline',
    title: 'Deadline',
    width: 120,
    value: (row) => `${String(row.isTerminal)} ${JSON.stringify(row.deadlines)}`,
    sort: 'deadline',
    mark: 'deadline',
  },
  { id: 'notes', title: 'Notes', width: 152, value: notesOf },
  {
    id: 'last',
    title: 'Last event',
    width: 220,
    value: (row) => `${row.lastKind} ${row.lastOrigin} ${String(row.lastHeardAtMs)}`,
    sort: 'changed',
  },
  { id: 'connection', title: 'Connection', width: 112, value: (row) => row.connection },
  {
    id: 'created',
    title: 'Created',
    width: 184,
    value: (row) => row.createdAtMs,
    sort: 'created',
    isHiddenAtFirst: true,
  },
]

/** Narrowest column that still shows its menu and three letters, pixels. */
const NARROWEST_PX = 56

/** The cells that are not just their value. */
const cellsById = new Map<string, Cell>(Object.entries(CELLS))

/** The columns as AG Grid wants them. They never change, so that what a person did to them stays. */
export const COLUMN_DEFINITIONS: ColDef<IntentRow>[] = INTENT_COLUMNS.map((column) => {
  const { mark } = column
  const cell = cellsById.get(column.id) ?? { draw: (row, _, words) => [String(column.value(row, words))] }
  return {
    colId: column.id,
    headerName: column.title,
    width: column.width,
    minWidth: NARROWEST_PX,
    hide: column.isHiddenAtFirst === true,
    valueGetter: ({ data, context }) =>
      data === undefined ? '' : column.value(data, (context as GridContext).words),
    cellRenderer: rendererOf(cell),
    cellClassRules: {
      'is-picked': ({ data, context }) => data !== undefined && (context as GridContext).picked.has(data.id),
      'is-marked': ({ data, context }) =>
        mark !== undefined && data !== undefined && (context as GridContext).marks.has(data.id, mark),
    },
  }
})

function routeOf({ system, source, destination }: IntentRow, words: GridWords): string {
  if (source.chainId === null && destination.chainId === null) return ''
  return `${words.chainName(system, source.chainId)} → ${words.chainName(system, destination.chainId)}`
}

function notesOf(row: IntentRow): string {
  const notes: [boolean, string][] = [
    [row.moneyAtRisk, row.isTerminal ? 'money at risk' : 'money locked'],
    [row.isContradicted, 'answers disagree'],
    [row.hasGap, 'gap'],
    [row.isRemoved, 'no longer listed'],
    [row.isWatched, 'watched'],
  ]
  return notes.flatMap(([is, words]) => (is ? words : [])).join(' · ')
}
