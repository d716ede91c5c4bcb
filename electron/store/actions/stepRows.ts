import { hash } from 'node:crypto'
import { z } from 'zod'
import { ACTION_STEPS, type ActionStep, type NewActionStep } from '../../../shared/api/action.ts'
import { canonicalJson } from '../../../shared/log/canonicalJson.ts'
import { checkedText, withChecksum } from '../checkedText.ts'
import { Damage } from '../damage.ts'

/** Bytes of a link of the ledger's chain: a whole SHA-256, since people point to it. */
const CHAIN_BYTES = 32

/** The ledger's chain before the first step. */
export const LEDGER_START: Buffer = Buffer.alloc(CHAIN_BYTES)

/** A row of `action_steps`. */
export interface StepRow {
  seq: number
  action: string
  kind: string
  atMs: number
  body: string
  chain: Buffer
}

/** Selects `StepRow`s. */
export const SELECT_STEPS = 'SELECT seq, action, kind, at_ms AS atMs, body, chain FROM action_steps'

/** What a body must be for the row to be read; the rest is as the writer left it, which the checksum holds. */
const bodySchema = z.looseObject({ action: z.string(), kind: z.enum(ACTION_STEPS), atMs: z.number() })

/** The row of a step at its place, after the link of the one before. */
export function rowOf(step: NewActionStep, seq: number, previous: Buffer): StepRow {
  const { action, kind, atMs } = step
  const text = canonicalJson(step)
  return { seq, action, kind, atMs, body: withChecksum(text), chain: linkAfter(previous, seq, text) }
}

/** The row of a step that is known by its place and hash. */
export function rowOfPlaced({ seq, hash: link, ...step }: ActionStep): StepRow {
  const { action, kind, atMs } = step
  return { seq, action, kind, atMs, body: withChecksum(canonicalJson(step)), chain: Buffer.from(link, 'hex') }
}

/** Whether a whole row stands where its link says that it was written: after the row with this link. */
export function isLinked(previous: Buffer, { seq, body, chain }: StepRow): boolean {
  return linkAfter(previous, seq, checkedText(body)).equals(chain)
}

/** The link of a row, made of what anybody can read in the log: it stands for every row up to this one. */
function linkAfter(previous: Buffer, seq: number, text: string): Buffer {
  return hash('sha256', Buffer.concat([previous, Buffer.from(`${seq}\n${text}`)]), 'buffer')
}

/** The step that a row holds; fails with `Damage` when the row is not as it was written. Says nothing of its link. */
export function stepOf({ seq, body, chain, ...row }: StepRow): ActionStep {
  const said = bodySchema.safeParse(jsonOf(body, seq))
  const isWhole =
    said.success &&
    said.data.action === row.action &&
    said.data.kind === row.kind &&
    said.data.atMs === row.atMs
  if (!isWhole || !Buffer.isBuffer(chain)) throw changed(seq)
  return { ...(said.data as unknown as NewActionStep), seq, hash: chain.toString('hex') }
}

function jsonOf(body: string, seq: number): unknown {
  try {
    return JSON.parse(checkedText(body))
  } catch {
    throw changed(seq)
  }
}

function changed(seq: number): Damage {
  return new Damage(`Step ${seq} of the ledger of actions is not as it was written.`, { step: seq })
}
