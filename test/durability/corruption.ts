import Database from 'better-sqlite3'
import { isDeepStrictEqual } from 'node:util'
import { databaseFile } from '../../electron/store/files.ts'
import { seededRandom } from '../seededRandom.ts'
import type { Damage } from './damages.ts'
import { copyOf, type Images, type Told } from './images.ts'
import { judge } from './judge.ts'

/** What many damages of one kind came to. */
export interface Tally {
  outcomes: Record<string, number>
  /** What is not as promised, with the seed that shows it. */
  wrong: string[]
}

/** One kind of damage, done to one of the images so many times. */
export interface Round {
  image: 'closed' | 'crashed'
  damage: Damage
  times: number
}

/** Damages a fresh copy of an image again and again, opens each, and judges it. */
export function damaged(images: Images, { image, damage, times }: Round): Tally {
  const tally: Tally = { outcomes: {}, wrong: [] }
  for (let seed = 1; seed <= times; seed += 1) {
    using copy = copyOf(images[image])
    damage.inflict(copy.dataDir, seededRandom(seed))
    const { outcome, wrong } = judge(copy.dataDir, images.told)
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1
    tally.wrong.push(...wrong.map((what) => `${image}, ${damage.name}, seed ${seed}: ${what}`))
  }
  return tally
}

/**
 * How many of these damages go unnoticed without our checksums, by `integrity_check` alone: the control of the promise.
 */
export function unnoticedWithoutChecksums(images: Images, damage: Damage, times: number): number {
  let count = 0
  for (let seed = 1; seed <= times; seed += 1) {
    using copy = copyOf(images.closed)
    damage.inflict(copy.dataDir, seededRandom(seed))
    if (isSilentlyWrong(databaseFile(copy.dataDir), images.told)) count += 1
  }
  return count
}

/** A store that trusts whatever it reads. */
function isSilentlyWrong(file: string, told: Told): boolean {
  try {
    using db = new Scoped(file)
    const check = db.open.pragma('integrity_check(1)', { simple: true })
    if (check !== 'ok') return false
    const payloads = db.open.prepare('SELECT payload FROM raw_events ORDER BY seq').pluck().all()
    return !isDeepStrictEqual(
      payloads,
      told.events.map(({ payload }) => payload),
    )
  } catch {
    return false
  }
}

class Scoped implements Disposable {
  readonly open: Database.Database

  constructor(file: string) {
    this.open = new Database(file)
  }

  [Symbol.dispose](): void {
    this.open.close()
  }
}
