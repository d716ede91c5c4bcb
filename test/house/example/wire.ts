import { z } from 'zod'

/** `GET /orders/:id`. Source: the example itself, whose server stands in the test. */
export const orderReading = z.looseObject({
  id: z.string().min(1),
  state: z.string(),
  /** Epoch milliseconds. */
  changedAt: z.number().int(),
  /** Price at its start and at its end, whole units of USDC. */
  auction: z.object({ from: z.string(), to: z.string(), endsAt: z.number().int() }).optional(),
})
