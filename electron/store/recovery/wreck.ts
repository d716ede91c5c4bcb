import Database from 'better-sqlite3'
import { isDamage } from '../damage.ts'
import type { JournaledEvent } from '../../../shared/log/rawEvent.ts'
import { chainAfter, contentDigest } from '../journal/digest.ts'
import { eventOf, type EventRow } from '../journal/rows.ts'

/** Rows read in one go where all is well, and looked for one by one where not. */
const STRETCH = 500

/**
 * Numbers looked for beyond the last that was found, where nothing tells how far they go: twice what one broken inner
 * page of the journal can hide.
 */
const PROBED_BEYOND = 20_000

/** An event whose checksum is right. */
export interface Find {
  row: EventRow
  event: JournaledEvent
  /** Whether the chain leads here from the find before this one. */
  isLinked: boolean
}

type BareRow = Omit<EventRow, 'connection' | 'system' | 'kind'> & {
  connection: number
  kind: number
  chain: Buffer
}

const SELECT_BARE = `SELECT seq, connection, kind, origin, received_at_ms AS receivedAtMs, is_sample AS isSample,
  payload, damage, checksum, chain FROM raw_events`

/** A store that may be damaged anywhere: gives what can be read and passes over what cannot. */
export class Wreck implements Disposable {
  readonly #db: Database.Database
  readonly #connections: Map<number, string>
  readonly #kinds: Map<number, { system: string; name: string }>

  constructor(file: string) {
    this.#db = new Database(file, { readonly: true })
    // Then SQLite passes over what it cannot understand of a schema, and opens a database that is shorter than it says.
    this.#db.pragma('writable_schema = ON')
    this.#connections = new Map(
      this.#twice<{ id: number; name: string }>('SELECT id, name FROM connections', 'ORDER BY name').map(
        ({ id, name }) => [id, name],
      ),
    )
    this.#kinds = new Map(
      this.#twice<{ id: number; system: string; name: string }>(
        'SELECT id, system, name FROM kinds',
        'ORDER BY system, name',
      ).map(({ id, ...kind }) => [id, kind]),
    )
  }

  [Symbol.dispose](): void {
    this.#db.close()
  }

  /** Rows of a query up to the first that cannot be read; none when the query itself fails. */
  rows<Row>(sql: string): Row[] {
    const rows: Row[] = []
    try {
      for (const row of this.#db.prepare<[], Row>(sql).iterate()) rows.push(row)
    } catch (error) {
      passOver(error)
    }
    return rows
  }

  /** The highest number that an event is known to have had. */
  highestSeq(): number {
    const known = [
      'SELECT max(seq) AS seq FROM raw_events',
      'SELECT max(last_seq) AS seq FROM removed_runs',
      'SELECT max(seq) AS seq FROM facts',
    ].flatMap((sql) => this.rows<{ seq: number | null }>(sql))
    return Math.max(0, ...known.map(({ seq }) => (Number.isSafeInteger(seq) ? Number(seq) : 0)))
  }

  /** Every event that can be read and has its checksum, in the order of the journal. */
  *events(): Generator<Find> {
    let before: { seq: number; chain: Buffer } | null = null
    for (const bare of this.#bareRows()) {
      const row = this.#named(bare)
      const event = row === null ? null : intact(row)
      if (row === null || event === null) continue
      const isLinked: boolean =
        before?.seq === event.seq - 1 &&
        chainAfter(before.chain, event, contentDigest(event)).equals(bare.chain)
      before = { seq: event.seq, chain: bare.chain }
      yield { row, event, isLinked }
    }
  }

  /** Stretch by stretch, and one by one where a stretch cannot be read whole. */
  *#bareRows(): Generator<BareRow> {
    const stretch = read(() =>
      this.#db.prepare<[number, number], BareRow>(`${SELECT_BARE} WHERE seq BETWEEN ? AND ? ORDER BY seq`),
    )
    const one = read(() => this.#db.prepare<[number], BareRow>(`${SELECT_BARE} WHERE seq = ?`))
    if (stretch === null || one === null) return
    const [known] = this.rows<{ seq: number | null }>('SELECT max(seq) AS seq FROM raw_events')
    let end = known === undefined ? this.highestSeq() + PROBED_BEYOND : (known.seq ?? 0)
    for (let first = 1; first <= end; first += STRETCH) {
      const rows = read(() => stretch.all(first, first + STRETCH - 1)) ?? oneByOne(one, first)
      yield* rows
      if (known === undefined) end = Math.max(end, (rows.at(-1)?.seq ?? 0) + PROBED_BEYOND)
    }
  }

  /** A small table twice, as itself and as the index over it: the one may be whole where the other is not. */
  #twice<Row>(select: string, byIndex: string): Row[] {
    return [...this.rows<Row>(select), ...this.rows<Row>(`${select} ${byIndex}`)]
  }

  #named(row: BareRow): EventRow | null {
    const connection = this.#connections.get(row.connection)
    const kind = this.#kinds.get(row.kind)
    if (connection === undefined || kind === undefined || !Buffer.isBuffer(row.chain)) return null
    return { ...row, connection, system: kind.system, kind: kind.name }
  }
}

function intact(row: EventRow): JournaledEvent | null {
  return read(() => eventOf(row))
}

function oneByOne(one: Database.Statement<[number], BareRow>, first: number): BareRow[] {
  return Array.from({ length: STRETCH }, (_, n) => read(() => one.all(first + n)) ?? []).flat()
}

/** What a reading gives; null where the store is damaged. */
function read<Answer>(reading: () => Answer): Answer | null {
  try {
    return reading()
  } catch (error) {
    passOver(error)
    return null
  }
}

/** Damage is what a wreck is expected to have; so is a table that a damaged schema does not name. */
function passOver(error: unknown): void {
  if (!isDamage(error) && !(error instanceof Database.SqliteError)) throw error
}
