import Database from 'better-sqlite3'
import { migrate } from '../../electron/store/migrations/migrate.ts'
import { dieNow } from './offers.ts'
import { STEPS } from './migrationSteps.ts'

/**
 * Root of a process that migrates a database and dies on the way: `migrationRoot.ts <file> <point> <how>`. `careful`
 * and `careless` take the steps of the tests, which call `point(n)` between their statements, the latter without the
 * transaction around them; `ours` takes the migrations of the store, with a point before every statement.
 */
const [file = '', point = '', how = ''] = process.argv.slice(2)

let statementCount = 0

function beforeStatement(): void {
  statementCount += 1
  if (how === 'ours' && statementCount === Number(point)) dieNow()
}

const db = new Database(file, { verbose: beforeStatement })
db.pragma('journal_mode = WAL')
db.function('point', (n: number) => (n === Number(point) ? dieNow() : n))
if (how === 'careless') for (const sql of STEPS.slice(1)) db.exec(sql)
else if (how === 'careful') migrate(db, STEPS)
else migrate(db)
db.close()
