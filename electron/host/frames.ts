import { z } from 'zod'

/**
 * Largest frame that a page may send, bytes. A profile of 1,000,000 characters is the largest input of the contract;
 * written in JSON a character takes up to six bytes.
 */
export const LARGEST_FRAME_BYTES = 8 * 1024 * 1024

/** oRPC numbers its calls in base 36. */
const callId = z.string().regex(/^[0-9a-z]{1,16}$/)

/** The two frames of oRPC's peer protocol that this contract has: a call, and the giving up of one (`t: 4`). */
const frame = z.union([
  z.strictObject({
    i: callId,
    p: z.strictObject({
      u: z
        .string()
        .max(200)
        .regex(/^\/[A-Za-z0-9/]+$/),
      b: z.unknown().optional(),
    }),
  }),
  z.strictObject({ i: callId, t: z.literal(4), p: z.unknown().optional() }),
])

/**
 * Whether a message is a frame that oRPC's handler can take. It does not check what it is given, and a message that it
 * cannot read would end as an unhandled rejection, so carriers ask here first.
 */
export function isCallFrame(message: unknown): message is string {
  if (typeof message !== 'string' || message.length > LARGEST_FRAME_BYTES) return false
  try {
    return frame.safeParse(JSON.parse(message)).success
  } catch {
    return false
  }
}
