import { oc, type as shape } from '@orpc/contract'
import { z } from 'zod'
import type { FailureShape } from './failure.ts'

/** Longest that a feed waits for news before it answers with none, milliseconds: below every idle timeout on the way. */
export const LONGEST_WAIT_MS = 20_000

/** A call that can fail as every call of the contract does. */
export const call = oc.errors({ FAILED: { data: shape<FailureShape>() } })

/** How long a feed may wait for news, milliseconds. */
export const waitMs = z.number().int().min(0).max(LONGEST_WAIT_MS).default(0)

/** Name of a connection of the profile. */
export const connection = z.string().min(1).max(200)

/** Any id by which an intent can be found. */
export const anyId = z.string().min(1).max(500)
