import type { SandboxClock } from './clock.ts'

/** One way of misbehaving, as a verb. */
export interface FaultVerb {
  /** One sentence. */
  does: string
  unit: 'seconds' | 'events'
  /** What the verb means without a number. */
  usual: number
  /** Bound, so that no fault lasts or grows for ever. */
  most: number
  begin: (amount: number) => void
  /** Makes it good again; called once, after the seconds or when called off. */
  end?: () => void
}

/** What runs now. */
interface RunningFault {
  verb: string
  /** Epoch milliseconds. */
  untilMs: number
}

/** The faults of one server. */
export interface Faults {
  verbs: Readonly<Record<string, FaultVerb>>
  /** Does what a line says (`stall 10`); `calm` ends all that runs. Throws with a sentence when the line is wrong. */
  apply: (line: string) => string
  running: () => RunningFault[]
  /** Ends all that runs. */
  calm: () => void
}

/** A board of verbs. Faults count their seconds on the clock, never in the story's time. */
export function createFaults(verbs: Readonly<Record<string, FaultVerb>>, clock: SandboxClock): Faults {
  const running = new Map<string, { untilMs: number; stop: () => void }>()

  const calm = (): void => {
    for (const fault of [...running.values()]) fault.stop()
  }

  const start = (name: string, verb: FaultVerb, amount: number): string => {
    running.get(name)?.stop()
    verb.begin(amount)
    if (!verb.end) return `${name}: ${amount} ${verb.unit}`
    const stop = (): void => {
      callOff()
      running.delete(name)
      verb.end?.()
    }
    const callOff = clock.after(amount * 1_000, stop)
    running.set(name, { untilMs: clock.nowMs() + amount * 1_000, stop })
    return `${name}: for ${amount} s`
  }

  const apply = (line: string): string => {
    const [name = '', ...rest] = line.trim().split(/\s+/)
    if (name === 'calm') {
      calm()
      return 'calm: nothing runs any more'
    }
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
    if (!verb) throw new Error(`"${name}" is no fault; there are ${Object.keys(verbs).join(', ')} and calm`)
    return start(name, verb, amountOf(name, verb, rest))
  }

  return {
    verbs,
    apply,
    running: () => [...running].map(([verb, { untilMs }]) => ({ verb, untilMs })),
    calm,
  }
}

function amountOf(name: string, verb: FaultVerb, words: string[]): number {
  const [word, extra] = words
  if (extra !== undefined)
    throw new Error(`${name} takes one number of ${verb.unit}, not "${words.join(' ')}"`)
  if (word === undefined) return verb.usual
  const amount = Number(word)
  if (!(amount >= 0 && amount <= verb.most))
    throw new Error(`${name} takes 0 to ${verb.most} ${verb.unit}, not "${word}"`)
  return amount
}
