import type { Command, Given, Judgement, Sent } from '../../upstreams/command.ts'
import { redact } from '../../upstreams/kit/redact.ts'
import { valueOf, withoutSecrets } from './literal.ts'

/** What became of a request, ready to be shown and kept. */
export interface Outcome extends Judgement {
  httpStatus: number | null
  /** As a person is shown it now. */
  shown: unknown
  /** As the ledger keeps it. */
  kept: unknown
}

/** What must not be read in what came back: the connection's credential, and secrets of the body. */
export interface Hiding {
  withoutCredential: (text: string) => string
  secrets: readonly string[]
}

/** What became of a request by what came back of it. A judgement that fails counts as unknown, since something was sent. */
export function outcomeOf(
  sent: Sent,
  { command, given }: { command: Command; given: Given },
  hiding: Hiding,
): Outcome {
  if (sent.kind !== 'answered') {
    const outcome = sent.kind === 'lost' ? 'unknown' : 'refused'
    const advice = sent.kind === 'lost' ? adviceOnUnknown(command) : AFTER_NOTHING_SENT
    const why = hidden(sent.why, hiding)
    return { outcome, why, advice, facts: {}, follow: null, httpStatus: null, shown: null, kept: null }
  }
  const text = withoutSecrets(hiding.withoutCredential(sent.text), hiding.secrets)
  const kept = valueOf(redact(text))
  const { outcome, why, advice, facts, follow } = judged({ ...sent, text }, command, given)
  return {
    outcome,
    why: hidden(why, hiding),
    advice: outcome === 'unknown' ? (advice ?? adviceOnUnknown(command)) : advice,
    facts: withoutSensitive(facts, hiding),
    follow,
    httpStatus: sent.httpStatus,
    shown: command.isAnswerShownWhole ? valueOf(text) : kept,
    kept,
  }
}

function judged(answer: Extract<Sent, { kind: 'answered' }>, command: Command, given: Given): Judgement {
  try {
    return command.judge(answer, given)
  } catch (reason) {
    const said = reason instanceof Error ? reason.message : String(reason)
    const why = `The answer (HTTP ${answer.httpStatus}) could not be understood: ${said}`
    return { outcome: 'unknown', why, advice: null, facts: {}, follow: null }
  }
}

const AFTER_NOTHING_SENT =
  'Nothing left this machine, so nothing can have happened: see to what stood in the way, and give it again.'

/** What to do about a command that may have been carried out: never to send it again before that is known. */
function adviceOnUnknown({ effect, trace }: Command): string {
  if (effect === 'reads') return 'It only reads, so it can be asked again at any time.'
  return trace === null
    ? 'Do not give it again: no reading can tell, so ask whoever runs the system what became of it and settle it, on the screen Actions or with `settle`.'
    : 'Do not give it again: the console reads on until it knows, and Actions tells. Who knows better can settle it there or with `settle`.'
}

/** Told by name as well as by content: `{ signature: … }` is redacted although its value alone tells nothing. */
function withoutSensitive(facts: Record<string, string>, hiding: Hiding): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const whole = JSON.parse(redact(JSON.stringify({ [name]: hidden(value, hiding) }))) as Record<
        string,
        string
      >
      return [name, whole[name] ?? '']
    }),
  )
}

function hidden(text: string, { withoutCredential, secrets }: Hiding): string {
  return redact(withoutSecrets(withoutCredential(text), secrets))
}
