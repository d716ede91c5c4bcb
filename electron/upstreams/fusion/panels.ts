import { z } from 'zod'
import { toEpochMs } from '../../../shared/intent/time.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Panel, PanelBlock, PanelValue } from '../../../shared/intent/panel.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'

/** Both locks, with who may take each back after its timelock (contract page, section on the HTLC). */
const LOCKS = [
  { kind: 'sourceTimelock', side: 'Source', owner: 'maker' },
  { kind: 'destinationTimelock', side: 'Destination', owner: 'solver' },
] as const

const TWO_CLOCKS =
  'A timelock runs on the clock of its chain, and a refund counts only once it is final; the intent’s own deadline is another clock.'

/** What a Fusion intent has of its own: its proofs, and its locks with the time after which each may be taken back. */
export function panels(intent: Intent): Panel[] {
  return [
    ...panelOf('Proofs', [facts(proofRows(intent))]),
    ...panelOf('Locks', [facts(lockRows(intent)), timelocks(intent)]),
  ]
}

function panelOf(title: string, blocks: PanelBlock[][]): Panel[] {
  const said = blocks.flat()
  return said.length === 0 ? [] : [{ title, blocks: said }]
}

type Row = { label: string; value: PanelValue }

function facts(rows: Row[]): PanelBlock[] {
  return rows.length === 0 ? [] : [{ is: 'facts', rows }]
}

function proofRows({ proofStatus, details }: Intent): Row[] {
  const generatedAtMs = toEpochMs(details['proofGeneratedAt'])
  const rows: Row[] = []
  if (proofStatus !== null) rows.push({ label: 'Proof status', value: { is: 'text', text: proofStatus } })
  if (generatedAtMs !== null) rows.push({ label: 'Generated', value: { is: 'instant', atMs: generatedAtMs } })
  return rows
}

function lockRows({ details, fundsLockedAtMs, fundsReleasedAtMs }: Intent): Row[] {
  const { htlcState } = details
  const rows: Row[] = []
  if (htlcState !== undefined) rows.push(...htlcRows(htlcState))
  if (fundsLockedAtMs !== null)
    rows.push({ label: 'Source locked', value: { is: 'instant', atMs: fundsLockedAtMs } })
  if (fundsReleasedAtMs !== null)
    rows.push({ label: 'Funds came out', value: { is: 'instant', atMs: fundsReleasedAtMs } })
  return rows
}

/** What an HTLC state is found to be where it is an object; it is told nowhere, so anything else stands verbatim. */
const htlcObject = z.record(z.string(), z.looseObject({ state: z.string() }).nullable())

function htlcRows(htlcState: string): Row[] {
  const sides = htlcObject.safeParse(objectOf(htlcState)).data
  if (sides === undefined) return [{ label: 'HTLC state', value: { is: 'text', text: htlcState } }]
  return Object.entries(sides).map(([side, lock]) => ({
    label: `${wordsOfName(side)} HTLC`,
    value: { is: 'text', text: lock?.state ?? 'none named' },
  }))
}

function objectOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function timelocks({ deadlines }: Intent): PanelBlock[] {
  const rows = LOCKS.flatMap(({ kind, side, owner }): PanelValue[][] => {
    const deadline = deadlines.find((one) => one.kind === kind)
    if (deadline === undefined) return []
    return [
      [
        { is: 'text', text: side },
        { is: 'text', text: owner },
        { is: 'instant', atMs: deadline.atMs },
      ],
    ]
  })
  if (rows.length === 0) return []
  const columns = ['Lock', 'May be taken back by', 'From']
  return [
    { is: 'table', caption: 'Timelocks', columns, rows, empty: '' },
    { is: 'note', text: TWO_CLOCKS },
  ]
}
