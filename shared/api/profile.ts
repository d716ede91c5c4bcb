import { z } from 'zod'
import { SYSTEM_NAMES } from '../intent/ids.ts'

const system = z.enum(SYSTEM_NAMES)

const connection = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'letters, digits, dot, dash and underscore, at most 63')
    .describe('Your name for this connection; part of the console id of its intents'),
  system: system.describe('Which of the five systems is behind the URL'),
  url: z.url({ protocol: /^(https?|wss?)$/ }).describe('Where the system listens'),
  restUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where its REST API listens, when that is another place than `url`'),
  credential: z
    .string()
    .regex(
      /^(none|keychain|env:[A-Za-z_][A-Za-z0-9_]*)$/,
      'write "none", "keychain" or "env:NAME"; a credential itself never stands in a profile',
    )
    .describe('Where the credential comes from: none, keychain, or env:NAME'),
  settings: z.record(z.string(), z.unknown()).optional().describe('Settings of the system; each has its own'),
})

/** A profile: which systems to watch and how carefully (interfaces.md section 2). Unknown keys are refused. */
export const profileSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1).max(60).describe('Shown at the top of the window'),
  environment: z.enum(['production', 'staging', 'sandbox']).describe('Gives the name its colour and shape'),
  readOnly: z
    .boolean()
    .optional()
    .describe('No command that changes anything outside; default true in production'),
  connections: z.array(connection).max(50),
  chains: z
    .array(
      z.strictObject({
        chainId: z.number().int().min(1),
        rpcUrl: z.url({ protocol: /^(https?|wss?)$/ }),
      }),
    )
    .optional()
    .describe('Your own RPC end points, for checks that do not rely on the systems'),
})

/** A profile as written. */
export type Profile = z.infer<typeof profileSchema>

/** One connection of a profile as written. */
export type ProfileConnection = Profile['connections'][number]
