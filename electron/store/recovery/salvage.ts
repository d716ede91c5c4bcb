import type { Db } from '../database.ts'
import { contentDigest } from '../journal/digest.ts'
import { Journal } from '../journal/journal.ts'
import { eventOf } from '../journal/rows.ts'
import { Meta } from '../meta.ts'
import { salvageLedger } from './salvageLedger.ts'
import { copySideTables } from './sideTables.ts'
import { Staging } from './staging.ts'
import { Wreck } from './wreck.ts'
import { copyWreck } from './wreckCopy.ts'

/** Where a salvage reads and how far numbers must have come. */
export interface SalvageOptions {
  /** The database of the wreck, its log beside it. */
  file: string
  /** Whether that log is of this store. */
  isLogOurs: boolean
  /** What a running console has seen of the wreck; numbers and versions go on above it. */
  least: { lastSeq: number; version: number }
  nowMs: number
}

/** What came of it. */
export interface Salvaged {
  keptCount: number
  lostCount: number
  /** Steps of the ledger of actions that could not be saved. */
  lostStepCount: number
}

/**
 * Fills an empty store with what can be read of a wreck: every event whose checksum is right, under its old number, the
 * ledger of actions, and what neither tells: settings, followed ids, counts of traffic. Projections are left to a rebuild.
 */
export function salvage(into: Db, options: SalvageOptions): Salvaged {
  using alone = copyWreck(options.file, false)
  using withoutLog = new Wreck(alone.file)
  if (!options.isLogOurs) return restore(into, [withoutLog], options)
  using whole = copyWreck(options.file, true)
  using withLog = new Wreck(whole.file)
  // Where less of the chain holds, something is out of place: a log of another store breaks it.
  const isLogGood = linkCount(withLog) >= linkCount(withoutLog)
  return restore(into, isLogGood ? [withLog, withoutLog] : [withoutLog, withLog], options)
}

function linkCount(wreck: Wreck): number {
  let count = 0
  for (const { isLinked } of wreck.events()) if (isLinked) count += 1
  return count
}

/** Of two wrecks of one store the first is the better. */
function restore(into: Db, wrecks: Wreck[], options: SalvageOptions): Salvaged {
  const [better, ...others] = wrecks
  const staging = new Staging(into)
  if (better !== undefined) staging.takeAll(better)
  for (const other of others) staging.takeLinked(other)
  const highest = Math.max(options.least.lastSeq, better?.highestSeq() ?? 0)
  const journal = writeJournal(into, staging, { wrecks, highest, nowMs: options.nowMs })
  staging.drop()
  const lostStepCount = salvageLedger(into, wrecks)
  for (const wreck of wrecks.toReversed()) copySideTables(into, wreck)
  const versions = wrecks.flatMap((wreck) =>
    wreck.rows<{ value: number }>(`SELECT value FROM meta WHERE name = 'version'`),
  )
  const meta = new Meta(into)
  meta.set('version', Math.max(options.least.version, ...versions.map(({ value }) => value)) + 1)
  meta.set('isStale', 1)
  return { ...journal, lostStepCount }
}

function writeJournal(
  into: Db,
  staging: Staging,
  known: { wrecks: readonly Wreck[]; highest: number; nowMs: number },
): Omit<Salvaged, 'lostStepCount'> {
  const journal = new Journal(into)
  const retained = retainedIn(known.wrecks)
  let keptCount = 0
  let lostCount = 0
  const skipTo = (end: number): void => {
    for (const run of splitHole({ first: journal.lastSeq + 1, last: end }, retained)) {
      journal.skip(run.last, run.why, known.nowMs)
      if (run.why === 'lost') lostCount += run.last - run.first + 1
    }
  }
  for (const row of staging.rows()) {
    skipTo(row.seq - 1)
    const event = eventOf(row)
    journal.write(event, contentDigest(event))
    keptCount += 1
  }
  skipTo(known.highest)
  return { keptCount, lostCount }
}

interface Run {
  first: number
  last: number
}

function retainedIn(wrecks: readonly Wreck[]): Run[] {
  return wrecks
    .flatMap((wreck) =>
      wreck.rows<Run>(
        `SELECT first_seq AS first, last_seq AS last FROM removed_runs WHERE why = 'retained' ORDER BY first_seq`,
      ),
    )
    .sort((a, b) => a.first - b.first)
}

/** The parts of a hole in the journal: what was removed on purpose, and what is lost. */
function splitHole(hole: Run, retained: readonly Run[]): (Run & { why: 'retained' | 'lost' })[] {
  const parts: (Run & { why: 'retained' | 'lost' })[] = []
  let first = hole.first
  for (const run of retained) {
    if (run.last < first || run.first > hole.last) continue
    if (run.first > first) parts.push({ first, last: run.first - 1, why: 'lost' })
    const last = Math.min(run.last, hole.last)
    parts.push({ first: Math.max(first, run.first), last, why: 'retained' })
    first = last + 1
  }
  if (first <= hole.last) parts.push({ first, last: hole.last, why: 'lost' })
  return parts
}
