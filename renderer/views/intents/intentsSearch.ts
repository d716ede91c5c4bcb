import { z } from 'zod'
import { SORTS } from '../../../shared/api/contract.ts'

/** What stands in the address of the list; anything that is not understood is as if it were not there. */
export const intentsSearchSchema = z.object({
  query: z.string().optional().catch(undefined),
  sort: z.enum(SORTS).optional().catch(undefined),
  isAscending: z.boolean().optional().catch(undefined),
  open: z.string().optional().catch(undefined),
})

/** What stands in the address of the list. */
export type IntentsSearch = z.infer<typeof intentsSearchSchema>
