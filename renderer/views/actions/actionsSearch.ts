import { z } from 'zod'
import { ACTION_STATES } from '../../../shared/api/action.ts'

/** What stands in the address of the log; anything that is not understood is as if it were not there. */
export const actionsSearchSchema = z.object({
  state: z.enum(ACTION_STATES).optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  connection: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  /** The action that is opened. */
  action: z.string().optional().catch(undefined),
})

/** What stands in the address of the log. */
export type ActionsSearch = z.infer<typeof actionsSearchSchema>
