import { z } from 'zod'

/**
 * Largest frame that a page may send, bytes. A profile of 1,000,000 characters is the largest input of the contract;
 * written in JSON a character takes up to six bytes.
 */
export const LARGEST_FRAME_BYTES = 8 * 1024 * 1024

/** Far longer than any name of the contract, characters. */
const LONGEST_PATH = 200

/** oRPC numbers its calls in base 36. */
const callId = z.string().regex(/^[0-9a-z]{1,16}$/)

/** Names joined by slashes, as `encodeURIComponent` writes them; whether there is such a name is for the router to say. */
const path = z
  .string()
  .max(LONGEST_PATH)
  .regex(/^\/[\w.~!*'()%/-]+$/)
  .refine(isWellEscaped)

/** The two frames of oRPC's peer protocol that this contract has: a call, and the giving up of one (`t: 4`). */
const frame = z.union([
  z.strictObject({ i: callId, p: z.strictObject({ u: path, b: z.unknown().optional() }) }),
  z.strictObject({ i: callId, t: z.literal(4), p: z.unknown().optional() }),
])

/** A frame that oRPC's handler can take. */
export type CallFrame = z.infer<typeof frame>

/**
 * Reads a message as a frame; null when it is none. oRPC's handler does not check what it is given, and a message that it
 * cannot read would end as an unhandled rejection, so carriers read here first.
 */
export function readFrame(message: unknown): CallFrame | null {
  if (typeof message !== 'string' || message.length > LARGEST_FRAME_BYTES) return null
  try {
    return frame.safeParse(JSON.parse(message)).data ?? null
  } catch {
    return null
  }
}

function isWellEscaped(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
