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

/** How long an approval holds where the profile does not say: the next person has to be found and to read it. */
export const APPROVAL_MINUTES = 30

/** Longest that an approval may hold, minutes: a day later the intent is another one. */
const LONGEST_APPROVAL_MINUTES = 1_440

const approvals = z.strictObject({
  commands: z
    .array(z.string().min(1).max(60))
    .min(1)
    .describe('Names of the commands that another person has to approve, such as prepareRefund'),
  approvers: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60).describe('For people to read; nothing is decided by it'),
        publicKey: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/, '64 hexadecimal digits, as “intent-console identity show” prints them')
          .describe('The ed25519 public key of the approver, 64 hexadecimal digits'),
      }),
    )
    .min(1)
    .max(100)
    .describe('Who may approve: whoever holds the private key of one of these'),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(LONGEST_APPROVAL_MINUTES)
    .optional()
    .describe(`How long an approval holds; default ${APPROVAL_MINUTES}`),
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
  approvals: approvals.optional().describe('Commands that need a second person, and who that may be'),
})

/** A profile as written. */
export type Profile = z.infer<typeof profileSchema>

/** One connection of a profile as written. */
export type ProfileConnection = Profile['connections'][number]
