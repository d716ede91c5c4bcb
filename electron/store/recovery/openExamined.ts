import { existsSync, renameSync, rmSync } from 'node:fs'
import type { StoreIncident } from '../../../shared/api/incident.ts'
import { buildDatabase } from '../build.ts'
import { isDamage } from '../damage.ts'
import { headerComplaint, headerSchema, openForWriting, refuseNewer, type Db } from '../database.ts'
import { asFailure } from '../failures.ts'
import { bytesOf, databaseFile, logFile, syncPath } from '../files.ts'
import { Meta } from '../meta.ts'
import { migrate } from '../migrations/migrate.ts'
import type { Register } from '../register.ts'
import { seal, sealState, type SealState } from '../seal.ts'
import { rebuiltDifferences } from '../verify/rebuilt.ts'
import { Writer } from '../writer.ts'
import { CHECKED_SCHEMA, examine, type Verdict } from './examine.ts'
import { commitsBehindDamage } from './logFrames.ts'
import { hasStrayParts, moveSet, reportIncident } from './incidents.ts'
import { rebuilt } from './rebuilt.ts'
import { salvage, type Salvaged } from './salvage.ts'

/** A store not closed in order is examined whole up to 32 MiB, so that a start after a crash takes well under a second. */
const EXAMINED_WHOLE_BYTES = 32 * 2 ** 20

/**
 * After a crash the conclusions of so many events are compared with what the journal gives: no checksum holds each number
 * in them, and it takes some 200 ms.
 */
const COMPARED_EVENTS = 2_000

/** How to open a store. */
export interface ExaminedOptions {
  dataDir: string
  register: Register
  nowMs: number
  /** Damage was met while the store was in use: everything is examined, and the projections are not trusted. */
  isSuspect: boolean
  /** What was seen of the store by those who go on using it. */
  least: { lastSeq: number; version: number }
}

/** An opened store. */
export interface Examined {
  db: Db
  /** Whether part of it has yet to be looked at. */
  isUnproven: boolean
}

/**
 * Opens the store of a data folder for writing after looking whether it is as it was left. What is damaged, foreign or
 * empty is moved aside whole, and a fresh store is filled with what could be read of it. Nothing is ever deleted. Fails
 * with `disk`, and leaves everything as it is, when a newer console wrote the store or the disk refuses.
 */
export function openExamined(options: ExaminedOptions): Examined {
  const { dataDir, nowMs } = options
  finishReplacing(dataDir)
  if (hasStrayParts(dataDir)) setStrayPartsAside(options)
  if (!existsSync(databaseFile(dataDir))) return { db: openForWriting(dataDir, nowMs), isUnproven: false }
  const state = sealState(dataDir)
  const depth = depthOf(options, state)
  const verdict = verdictOn(dataDir, depth)
  if (verdict.state === 'broken' || verdict.state === 'foreign-log') {
    replace(options, verdict)
    return { db: openForWriting(dataDir, nowMs), isUnproven: false }
  }
  const logComplaint = state === 'open' && !options.isSuspect ? complaintAboutLog(dataDir) : null
  const db = openForWriting(dataDir, nowMs)
  try {
    mend(db, options, {
      distrust: distrustOf(options, state, verdict),
      logComplaint,
      isLeftOpen: state === 'open',
    })
    return { db, isUnproven: depth === 'tail' }
  } catch (error) {
    db.close()
    // Deeper than was looked: now all of it is examined, and the store replaced.
    if (isDamage(error) && !options.isSuspect) return openExamined({ ...options, isSuspect: true })
    throw error
  }
}

function verdictOn(dataDir: string, depth: Depth): Verdict {
  const file = databaseFile(dataDir)
  const complaint = headerComplaint(file)
  if (complaint !== null) return { state: 'broken', reason: `${file} ${complaint}.` }
  refuseNewer(dataDir)
  return depth === 'nothing' ? { state: 'sound' } : examine(file, depth)
}

type Depth = 'nothing' | 'tail' | 'all'

function depthOf({ dataDir, isSuspect }: ExaminedOptions, state: SealState): Depth {
  if (isSuspect) return 'all'
  switch (state) {
    case 'whole':
      return 'nothing'
    case 'sized':
      return 'tail'
    case 'changed':
      return 'all'
    case 'open':
      return bytesOf(databaseFile(dataDir)) + bytesOf(logFile(dataDir)) > EXAMINED_WHOLE_BYTES
        ? 'tail'
        : 'all'
  }
}

/** Why the projections cannot be trusted though the journal can; null when they can. */
function distrustOf({ isSuspect }: ExaminedOptions, state: SealState, verdict: Verdict): string | null {
  if (verdict.state !== 'sound') return verdict.reason
  if (isSuspect) return 'Something in the store was not as it was written.'
  return state === 'changed' ? 'The store was changed since it was closed.' : null
}

/** Makes stale projections anew, and tells what was found. */
function mend(
  db: Db,
  { dataDir, register, nowMs }: ExaminedOptions,
  found: { distrust: string | null; logComplaint: string | null; isLeftOpen: boolean },
): void {
  const meta = new Meta(db)
  const keptCount = db.prepare<[], number>('SELECT count(*) FROM raw_events').pluck().get() ?? 0
  const isCompared = found.isLeftOpen && meta.get('isStale') === 0 && keptCount <= COMPARED_EVENTS
  const distrust = found.distrust ?? (isCompared ? differenceIn(db, register) : null)
  if (distrust !== null) meta.set('isStale', 1)
  if (meta.get('isStale') === 1) rebuilt(db, new Writer(db, register))
  const tell = (kind: StoreIncident['kind'], reason: string): void => {
    reportIncident(dataDir, { atMs: nowMs, kind, reason, keptCount, lostCount: 0 })
  }
  if (distrust !== null) tell('rebuilt', distrust)
  if (found.logComplaint !== null) tell('log-missing', found.logComplaint)
}

/** The first conclusion that does not follow from the journal; null when all do, or when there is no room for the copy. */
function differenceIn(db: Db, register: Register): string | null {
  try {
    return rebuiltDifferences(db, register)[0]?.what ?? null
  } catch (error) {
    if (isDamage(error)) throw error
    const { message } = asFailure(error)
    process.emitWarning(
      `What was concluded before the crash could not be compared with the journal: ${message}`,
    )
    return null
  }
}

/** What is wrong with the log of a store that was not closed in order; null when nothing is. */
function complaintAboutLog(dataDir: string): string | null {
  const file = logFile(dataDir)
  if (bytesOf(file) === 0) {
    if (headerSchema(databaseFile(dataDir)) < CHECKED_SCHEMA) return null
    return 'The store was not closed in order and its log is gone: what was written last may be missing.'
  }
  // One commit may be torn by the crash itself, before anybody was told that it is kept.
  return commitsBehindDamage(file) > 1
    ? 'The log of the store is damaged: what was written last is missing from there on.'
    : null
}

/** Where a fresh store waits, complete, until the damaged one has made room for it. */
function salvagedFile(dataDir: string): string {
  return `${databaseFile(dataDir)}.salvaged`
}

/** In this order a crash at any point loses nothing: the fresh store is complete before the old one is moved. */
function replace(options: ExaminedOptions, { state, reason }: Exclude<Verdict, { state: 'sound' }>): void {
  const { dataDir, register, nowMs, least } = options
  let salvaged: Salvaged = { keptCount: 0, lostCount: 0, lostStepCount: 0 }
  buildDatabase(salvagedFile(dataDir), (db) => {
    migrate(db)
    salvaged = salvage(db, {
      file: databaseFile(dataDir),
      isLogOurs: state !== 'foreign-log',
      least,
      nowMs,
    })
    new Writer(db, register).rebuild()
  })
  const { lostStepCount, ...counts } = salvaged
  const told = lostStepCount === 0 ? reason : `${reason} ${lostStepsSentence(lostStepCount)}`
  const { folder } = reportIncident(dataDir, { atMs: nowMs, kind: 'replaced', reason: told, ...counts })
  moveSet(dataDir, folder)
  finishReplacing(dataDir)
}

function lostStepsSentence(count: number): string {
  return `Of the log of actions ${count === 1 ? 'one step is' : `${count} steps are`} lost: look at what was sent last before anything is sent again.`
}

/** Puts a salvaged store in its place; one that was made while the old store still stands is made again. */
function finishReplacing(dataDir: string): void {
  const salvaged = salvagedFile(dataDir)
  if (!existsSync(salvaged)) return
  if (existsSync(databaseFile(dataDir))) {
    rmSync(salvaged)
    return
  }
  seal(dataDir, salvaged)
  renameSync(salvaged, databaseFile(dataDir))
  syncPath(dataDir)
}

function setStrayPartsAside({ dataDir, nowMs }: ExaminedOptions): void {
  const reason = 'The database was gone; only parts that belong to it were left.'
  const counts = { keptCount: 0, lostCount: 0 }
  moveSet(dataDir, reportIncident(dataDir, { atMs: nowMs, kind: 'replaced', reason, ...counts }).folder)
}
