import type { Answer } from '../kit/answer.ts'
import type { SandboxClock } from '../kit/clock.ts'
import type { Random } from '../kit/random.ts'
import type { Timers } from '../kit/timers.ts'
import type { Chain } from '../world/chains.ts'
import type { WorldIntent } from '../world/intent.ts'
import type { World } from '../world/world.ts'
import { no } from './route.ts'

/** What the parts of the coordinator work with that take commands. */
export interface Coordinator {
  world: World
  clock: SandboxClock
  random: Random
  /** How many times faster than real time the story runs. */
  rate: number
  /** What it does by itself later. */
  timers: Timers
}

/** A story time in milliseconds of the clock. */
export function onClock({ rate }: Pick<Coordinator, 'rate'>, storyMs: number): number {
  return Math.round(storyMs / rate)
}

/** Calls back once what a wallet sent to a chain is in a block and final. */
export function onceFinal(
  coordinator: Coordinator,
  { blockMs, finalityMs }: Chain,
  callback: () => void,
): void {
  coordinator.timers.after(onClock(coordinator, 2 * blockMs + finalityMs), callback)
}

/** The intent that a body names, else the answer that says why not. */
export function intentNamed(
  { world }: Coordinator,
  intentId: unknown,
): { intent: WorldIntent } | { refused: Answer } {
  if (typeof intentId !== 'string') return { refused: no(400, 'intentId is missing') }
  const intent = world.find(intentId)
  return intent === undefined || intent.stage === 'cancelled'
    ? { refused: no(404, 'Intent not found') }
    : { intent }
}

/** Whether a value is a transaction hash: 32 bytes in hex. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^(?:0x)?(?:[0-9a-f]{2})?[0-9a-f]{64}$/i.test(value)
}
