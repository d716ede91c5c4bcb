/** Where on its way a command may meet the end of its console. */
export const KILL_POINTS = [
  'confirmed, not recorded',
  'recorded, not sent',
  'arrived, not answered',
  'answered, not recorded',
  'outcome recorded',
  'while reading',
] as const

/** One of them. */
export type KillPoint = (typeof KILL_POINTS)[number]
