import type { Absence } from './kit/absence.ts'
import type { SandboxClock } from './kit/clock.ts'
import type { Faults } from './kit/faults.ts'
import type { History } from './kit/history.ts'
import type { World } from './world/world.ts'

/** What each system's end depends on. */
export interface SystemOptions {
  world: World
  clock: SandboxClock
  seed: number
  /** How many times faster than real time the story runs. */
  rate: number
  /** When nobody listened to the story that is told on. */
  absence?: Absence | undefined
  /** Port on 127.0.0.1; 0 takes any free one. */
  port: number
  /** Events and readings that the history keeps at least. */
  historyLength: number
}

/** One connection, as a profile writes it. */
export interface SandboxConnection {
  id: string
  system: string
  url: string
  restUrl?: string
  /** `none`, or `env:NAME` with the value in `credentials`. */
  credential: string
  settings?: Record<string, unknown>
}

/** One system's end of the story, running on one port of 127.0.0.1. */
export interface SandboxSystem {
  /** Ready to stand in a profile, as things are when it is asked. */
  readonly connections: SandboxConnection[]
  /** Invented credentials that it asks for, by the name after `env:`. */
  credentials: Record<string, string>
  faults: Faults
  history: History
  close: () => Promise<void>
}
