import type { IntentId } from '../intent/ids.ts'
import type { CommandEffect } from './action.ts'

/** One item of a bulk command. */
export interface BulkItem {
  intent: IntentId
  mainId: string
  state: 'waiting' | 'excluded' | 'sending' | 'accepted' | 'refused' | 'unknown' | 'closed' | 'stopped'
  why: string
  actionId: string | null
}

/** The same command over a selection. */
export interface Bulk {
  bulk: string
  version: number
  command: string
  words: string
  effect: CommandEffect | 'local'
  /** In the order given; `excluded` ones with why. */
  items: BulkItem[]
  state: 'prepared' | 'running' | 'stopped' | 'done'
  /** SHA-256 over the hashes of all drafts. */
  hash: string
  /** What a person types: how many will be sent. */
  confirmation: string
  expected: string
}
