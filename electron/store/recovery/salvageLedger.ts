import { actionOf } from '../actions/actionRows.ts'
import { anchorsIn } from '../actions/anchors.ts'
import {
  isLinked,
  LEDGER_START,
  rowOfPlaced,
  SELECT_STEPS,
  stepOf,
  type StepRow,
} from '../actions/stepRows.ts'
import { isDamage } from '../damage.ts'
import type { Db } from '../database.ts'
import { Meta, type MetaName } from '../meta.ts'
import type { Wreck } from './wreck.ts'

/**
 * The number of the last step is believed so far beyond what else is known, and not where a flipped bit made it a
 * nonsense: a broken page hides a few dozen steps.
 */
const MOST_LOST = 1_000

/**
 * Puts together what wrecks of one store, the better first, still tell of the ledger: each step stands in a row of its own
 * and again in what its action came to. Expects the journal to be there already. Answers how many steps are lost.
 */
export function salvageLedger(into: Db, wrecks: readonly Wreck[]): number {
  const told = new Map<number, StepRow[]>()
  for (const row of wrecks.flatMap(rowsIn)) told.set(row.seq, [...(told.get(row.seq) ?? []), row])
  const anchors = anchorsIn(into).map(({ seq, hash }): [number, Buffer] => [seq, Buffer.from(hash, 'hex')])
  const links = new Map([...wrecks.toReversed().flatMap(lostIn), ...anchors])
  const last = lastStep(Math.max(0, ...told.keys(), ...links.keys()), wrecks)
  const keep = into.prepare<StepRow>(
    'INSERT INTO action_steps VALUES (@seq, @action, @kind, @atMs, @body, @chain)',
  )
  const lose = into.prepare<[number, Buffer | null]>('INSERT INTO lost_steps VALUES (?, ?)')
  let lostCount = 0
  let previous: Buffer | null = LEDGER_START
  for (let seq = 1; seq <= last; seq += 1) {
    const before: Buffer | null = previous
    const row: StepRow | undefined = told.get(seq)?.find((one) => before === null || isLinked(before, one))
    if (row === undefined) {
      previous = links.get(seq) ?? null
      lose.run(seq, previous)
      lostCount += 1
    } else {
      previous = row.chain
      keep.run(row)
    }
  }
  const meta = new Meta(into)
  meta.set('lastStep', last)
  // An approval may have been used in a step that is lost: to a ledger of another name it is good no more.
  if (lostCount === 0) meta.set('ledger', nameIn(wrecks))
  return lostCount
}

/** The id of the ledger; 0 where no wreck tells it, and then it is given another. */
function nameIn(wrecks: readonly Wreck[]): number {
  return remembered(wrecks, 'ledger').find((id) => Number.isSafeInteger(id) && id > 0) ?? 0
}

function lastStep(known: number, wrecks: readonly Wreck[]): number {
  const believed = remembered(wrecks, 'lastStep').filter(
    (value) => Number.isSafeInteger(value) && value <= known + MOST_LOST,
  )
  return Math.max(known, ...believed)
}

function remembered(wrecks: readonly Wreck[], name: MetaName): number[] {
  return wrecks
    .flatMap((wreck) => wreck.rows<{ value: number }>(`SELECT value FROM meta WHERE name = '${name}'`))
    .map(({ value }) => value)
}

/** Every step that can be read and has its checksum. */
function rowsIn(wreck: Wreck): StepRow[] {
  const rows = fromBothEnds<StepRow>(wreck, `${SELECT_STEPS} ORDER BY seq`)
  const records = fromBothEnds<{ body: unknown }>(wreck, 'SELECT body FROM actions ORDER BY rowid')
  return [
    ...rows.filter((row) => whole(() => stepOf(row)) !== null),
    ...records.flatMap(({ body }) => whole(() => actionOf(String(body)))?.steps.map(rowOfPlaced) ?? []),
  ]
}

/** A page that cannot be read ends a reading, so a table is read from both of its ends. */
function fromBothEnds<Row>(wreck: Wreck, sql: string): Row[] {
  return [...wreck.rows<Row>(sql), ...wreck.rows<Row>(`${sql} DESC`)]
}

/** Links of steps that were lost before. */
function lostIn(wreck: Wreck): [number, Buffer][] {
  return wreck
    .rows<{ seq: number; chain: unknown }>('SELECT seq, chain FROM lost_steps')
    .flatMap(({ seq, chain }): [number, Buffer][] =>
      Number.isSafeInteger(seq) && Buffer.isBuffer(chain) ? [[seq, chain]] : [],
    )
}

function whole<Content>(read: () => Content): Content | null {
  try {
    return read()
  } catch (error) {
    if (isDamage(error)) return null
    throw error
  }
}
