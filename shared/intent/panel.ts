import type { Amount } from './amount.ts'

/** One value of a panel, with what it is, so that a screen shows it as it shows all of its kind. */
export type PanelValue =
  | { is: 'text'; text: string }
  | { is: 'amount'; amount: Amount }
  /** Epoch milliseconds; shown with its age, or counted down to. */
  | { is: 'instant'; atMs: number }
  /** An address, hash or id, verbatim; `what` names it for those who copy it. */
  | { is: 'id'; value: string; what: string }
  /** A state in words, with the tone of its shape. */
  | { is: 'state'; tone: 'calm' | 'attention' | 'done' | 'failed'; text: string }

/** One block of a panel. */
export type PanelBlock =
  | { is: 'facts'; rows: { label: string; value: PanelValue }[] }
  /** `empty` is said in place of the table while it has no row. */
  | { is: 'table'; caption: string; columns: string[]; rows: PanelValue[][]; empty: string }
  /**
   * A value that changes linearly between its points, oldest first. `value` is an exact decimal; what holds before the
   * first and after the last point is the value there.
   */
  | { is: 'curve'; caption: string; unit: string; points: { atMs: number; value: string }[] }
  /** How much of a whole is done, in base units of one token. */
  | { is: 'progress'; caption: string; done: Amount; total: Amount }
  /** A whole sentence. */
  | { is: 'note'; text: string }

/** What one system shows of an intent beside what all systems share: drawn by the shape of its blocks, whoever says it. */
export interface Panel {
  /** A few words in sentence case: `Auction`, `Escrows`. */
  title: string
  blocks: PanelBlock[]
}
