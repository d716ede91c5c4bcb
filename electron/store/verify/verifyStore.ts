import Database from 'better-sqlite3'
import { checkedText } from '../checkedText.ts'
import { isDamage } from '../damage.ts'
import type { Db } from '../database.ts'
import { JournalReader } from '../journal/reader.ts'
import { JournalWalk } from '../journal/walk.ts'
import type { Register } from '../register.ts'
import type { StoreProblem, Verification } from '../store.ts'
import { rebuiltDifferences } from './rebuilt.ts'
import { ledgerProblems } from './verifyLedger.ts'

/** Problems told: enough to see the pattern, few enough to read. */
const TOLD = 100

/** Events or intents looked at in one go. */
const PAGE = 2_000

/**
 * Checks a store that is open, whoever else writes to it meanwhile: file, journal, removals, ledger and conclusions. Looks at it
 * in steps: whoever reads for long keeps the log of a console beside it from being begun anew.
 */
export function verifyStore(db: Db, register: Register): Verification {
  const problems: StoreProblem[] = []
  const tell = (where: string, what: string): void => {
    if (problems.length < TOLD) problems.push({ where, what })
  }
  attempt(tell, 'file', () => {
    checkFile(db, tell)
  })
  const counts = db.transaction(() => countsOf(db, tell)).deferred()
  attempt(tell, 'journal', () => {
    checkJournal(db, tell)
  })
  attempt(tell, 'table action_steps', () => {
    for (const { where, what } of ledgerProblems(db)) tell(where, what)
  })
  attempt(tell, 'table documents', () => {
    checkTexts(db, tell)
  })
  if (problems.length === 0) {
    for (const { where, what } of rebuiltDifferences(db, register)) tell(where, what)
  }
  return { ...counts, problems }
}

type Tell = (where: string, what: string) => void

/** Damage that stops a check is a finding like any other. */
function attempt(tell: Tell, where: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!isDamage(error) && !isSchemaGone(error)) throw error
    tell(where, (error as Error).message)
  }
}

/** A damaged schema may not name a table any more. */
function isSchemaGone(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR'
}

function checkFile(db: Db, tell: Tell): void {
  const stores = db.prepare('SELECT store FROM identity UNION SELECT store FROM openings').pluck().all()
  if (stores.length !== 1) tell('file', 'The write-ahead log beside it is that of another store.')
  const lines = db.pragma(`integrity_check(${TOLD})`) as { integrity_check: string }[]
  for (const { integrity_check: line } of lines) if (line !== 'ok') tell('file', line)
}

function countsOf(db: Db, tell: Tell): Omit<Verification, 'problems'> {
  const counts = {
    eventCount: 0,
    lastSeq: 0,
    retainedCount: 0,
    lostCount: 0,
    stepCount: 0,
    lostStepCount: 0,
    intentCount: 0,
  }
  attempt(tell, 'file', () => {
    const count = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0
    counts.eventCount = count('SELECT count(*) FROM raw_events')
    counts.lastSeq = new JournalReader(db).lastSeq()
    const removed = 'SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM removed_runs WHERE why ='
    counts.retainedCount = count(`${removed} 'retained'`)
    counts.lostCount = count(`${removed} 'lost'`)
    counts.stepCount = count('SELECT count(*) FROM action_steps')
    counts.lostStepCount = count('SELECT count(*) FROM lost_steps')
    counts.intentCount = count('SELECT count(*) FROM intents')
  })
  return counts
}

function checkJournal(db: Db, tell: Tell): void {
  const walk = new JournalWalk(db)
  // Events and what was removed of them, as they are at one moment.
  const next = db.transaction(() => walk.next(PAGE))
  for (let isEnd = false; !isEnd;) {
    const stretch = next.deferred()
    for (const { seq, what } of stretch.problems) tell(`journal event ${seq}`, what)
    isEnd = stretch.isEnd
  }
  checkRemovals(db, tell)
}

/** What is missing because the settings said so was journaled when it went; what a salvage lost may be among that. */
function checkRemovals(db: Db, tell: Tell): void {
  const { missing, journaled, lost } = db
    .prepare<[], { missing: number; journaled: number; lost: number }>(
      `SELECT
         (SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM removed_runs WHERE why = 'retained') AS missing,
         (SELECT count(*) FROM removed_runs WHERE why = 'lost') AS lost,
         (SELECT coalesce(sum(json_extract(e.payload, '$.eventCount')), 0) FROM raw_events e
          WHERE e.kind = (SELECT id FROM kinds WHERE system = 'console' AND name = 'eventsRemoved')) AS journaled`,
    )
    .get() ?? { missing: 0, journaled: 0, lost: 0 }
  if (missing === journaled || lost > 0) return
  tell('table removed_runs', `${missing} events are noted as removed; the journal tells of ${journaled}.`)
}

function checkTexts(db: Db, tell: Tell): void {
  const texts = db.prepare<[number, number], { intent: number; id: string; body: string }>(
    `SELECT d.intent, i.console_id AS id, d.body FROM documents d JOIN intents i ON i.id = d.intent
     WHERE d.intent > ? ORDER BY d.intent LIMIT ?`,
  )
  for (let after = 0; ;) {
    const page = texts.all(after, PAGE)
    for (const { id, body } of page) {
      attempt(tell, `intent ${id}`, () => {
        checkedText(body)
      })
    }
    const last = page.at(-1)
    if (last === undefined) return
    after = last.intent
  }
}
