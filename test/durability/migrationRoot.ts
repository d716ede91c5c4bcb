import Database from 'better-sqlite3'
import { migrate } from '../../electron/store/migrations/migrate.ts'
import { dieNow } from './offers.ts'
import { STEPS } from './migrationSteps.ts'

/**
 * Root of a process that migrates a database and dies on the way: `migrationRoot.ts <file> <point> [careless]`. The
 * steps call `point(n)` between their statements. With `careless` they run without the transaction around them.
 */
const [file = '', point = '', how = ''] = process.argv.slice(2)

const db = new Database(file)
db.pragma('journal_mode = WAL')
db.function('point', (n: number) => (n === Number(point) ? dieNow() : n))
if (how === 'careless') for (const sql of STEPS.slice(1)) db.exec(sql)
else migrate(db, STEPS)
db.close()
