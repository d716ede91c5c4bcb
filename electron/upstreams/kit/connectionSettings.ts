import { z } from 'zod'

/** What differs between systems in the settings that all connections have. */
interface ConnectionDefaults {
  /** Milliseconds; a sign of life is asked for three times within it. */
  staleAfterMs: number
  /** What is silent then, and why it is that long. */
  silence: string
  /** What is followed. */
  watch: string
}

/** The settings that all connections have, to be spread among a system's own. */
export function connectionSettings({ staleAfterMs, silence, watch }: ConnectionDefaults): {
  pingIntervalMs: z.ZodDefault<z.ZodNumber>
  staleAfterMs: z.ZodDefault<z.ZodNumber>
  watch: z.ZodDefault<z.ZodArray<z.ZodString>>
} {
  return {
    pingIntervalMs: z
      .number()
      .int()
      .min(1_000)
      .max(300_000)
      .default(staleAfterMs / 3)
      .describe(
        'How often a sign of life is asked for: three times within the time after which silence is a loss',
      ),
    staleAfterMs: z.number().int().min(2_000).max(600_000).default(staleAfterMs).describe(silence),
    watch: z.array(z.string().min(1).max(200)).max(10_000).default([]).describe(watch),
  }
}
