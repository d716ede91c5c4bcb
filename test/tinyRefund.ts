import { z } from 'zod'
import type { CommandRequest, Sent } from '../electron/upstreams/command.ts'
import { declared, type Command } from '../electron/upstreams/command.ts'
import { upstreamOf } from '../electron/upstreams/index.ts'
import { judgeByStatus } from '../electron/upstreams/kit/judgement.ts'
import { mainIdOf } from '../shared/intent/mainId.ts'

/** Where the made-up command is sent to. */
export const REFUND_PATH = '/tiny/refund'

/** How long its absence has to last, milliseconds: short, so that a test need not move its clock far. */
export const REFUND_WINDOW_MS = 20_000

const input = z.strictObject({ note: z.string().max(100).default(''), signature: z.string().optional() })

/**
 * A command that no system has, given to Fusion for the tests of the engine: it refunds an intent that is `matched`, and an
 * intent that is `failed` afterwards shows that it was carried out.
 */
const tinyRefund: Command<z.infer<typeof input>> = {
  name: 'tinyRefund',
  words: 'Refund a little',
  effect: 'changes',
  kind: 'refund',
  isIntentNeeded: true,
  movesMoney: true,
  fields: [{ name: 'note', words: 'Note', kind: 'text', isRequired: false, hint: 'Anything.' }],
  input,
  preconditions: [
    {
      name: 'still matched',
      check: ({ intent }) =>
        intent?.status === 'matched'
          ? { state: 'met' }
          : { state: 'unmet', why: `It is ${intent?.status ?? 'unknown'}, so nothing can be refunded.` },
    },
  ],
  checks: [
    {
      name: 'note harmless',
      check: ({ input: { note } }) =>
        note === 'doubtful' ? { state: 'unknown', why: 'Nobody can tell.' } : { state: 'met' },
    },
  ],
  subject: ({ intent }) => (intent === null ? '' : mainIdOf(intent)),
  request: ({ intent, connection, input: { note, signature } }) => ({
    method: 'POST',
    url: `${connection.url}${REFUND_PATH}`,
    body: JSON.stringify({
      intentId: intent === null ? '' : mainIdOf(intent),
      amount: intent?.source.amount?.amountRaw ?? null,
      ...(note === '' ? {} : { note }),
      ...(signature === undefined ? {} : { signature }),
    }),
    secretHeaders: [],
    secrets: [],
  }),
  expected: 'The intent becomes failed, and its funds come back.',
  repeats: 'A second one is another one.',
  warning: '',
  judge: (answer) => ({ ...judgeByStatus(answer), facts: { refundedBy: 'tinyRefund' } }),
  isAnswerShownWhole: false,
  trace: {
    marks: () => ({}),
    readId: ({ intent }) => (intent === null ? null : mainIdOf(intent)),
    seen: (intent) => {
      if (intent === null || intent.status === 'matched') return 'absent'
      return intent.status === 'failed' ? 'applied' : 'unclear'
    },
    isAbsenceProof: true,
    windowMs: REFUND_WINDOW_MS,
  },
}

/** A command that only asks, for the same tests. */
const tinyLook: Command = {
  ...declared(tinyRefund),
  name: 'tinyLook',
  words: 'Look a little',
  effect: 'reads',
  kind: 'look',
  isIntentNeeded: false,
  input: z.strictObject({}),
  fields: [],
  preconditions: [],
  checks: [],
  subject: () => 'the backend',
  request: ({ connection }) => ({
    method: 'GET',
    url: `${connection.url}/tiny/look`,
    body: null,
    secretHeaders: [],
    secrets: [],
  }),
  judge: judgeByStatus,
  trace: null,
}

/** Stands between the engine and the link's own sending. */
export type Sending = (send: () => Promise<Sent>, request: CommandRequest) => Promise<Sent>

/** Gives Fusion the made-up commands instead of its own; answers the way to take them away again. */
export function withTinyCommands(sending: Sending = (send) => send()): () => void {
  const fusion = upstreamOf('fusion')
  const { commands, load } = fusion
  Object.assign(fusion, {
    commands: [declared(tinyRefund), tinyLook],
    load: async () => {
      const loaded = await load()
      const connect: typeof loaded.connect = (site) => {
        const link = loaded.connect(site)
        const send = link.send?.bind(link)
        if (send !== undefined) {
          link.send = (request, signal) => sending(() => send(request, signal), request)
        }
        return link
      }
      return { ...loaded, connect }
    },
  })
  return () => {
    Object.assign(fusion, { commands, load })
  }
}
