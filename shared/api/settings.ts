import { z } from 'zod'

const column = z.strictObject({
  id: z.string(),
  isHidden: z.boolean(),
  width: z.number().int().min(30).max(2_000).nullable(),
  pinned: z.enum(['left', 'right']).nullable(),
})

/** What a person chose for the screens; kept in the data folder. */
export const settingsSchema = z.strictObject({
  /** `system` follows the desktop. */
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** How instants are written, everywhere at once. */
  times: z.enum(['utc', 'local', 'relative', 'epoch']).default('utc'),
  /** Columns of a grid by the grid's name, in order; absent: as delivered. */
  columns: z.record(z.string(), z.array(column)).default({}),
  /** Width of the intent view beside the grid, pixels. */
  splitWidth: z.number().int().min(320).max(2_000).default(540),
  /** Intents that are over are removed with all their events after this many days; null: never. */
  keepClosedDays: z.number().int().min(1).max(36_500).nullable().default(null),
  /** Above this the oldest intents that are over are removed with all their events, MiB; null: never. */
  keepMegabytes: z.number().int().min(16).max(100_000_000).nullable().default(null),
})

/** What a person chose for the screens. */
export type Settings = z.infer<typeof settingsSchema>
