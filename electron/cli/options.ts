import { InvalidArgumentError, Option } from 'commander'

/** Names of the log levels, most important first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const

/** One of the log levels. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Largest number of intents that one `find` prints; the contract's own bound. */
const MOST_FOUND = 10_000

/** Fastest demo, times real time: above it a whole intent would pass between two readings of the screen. */
const FASTEST_DEMO = 1_000

/** `--data`, the same on every command. */
export function dataOption(): Option {
  return new Option('--data <dir>', 'where journal, settings and logs live; created when missing')
}

/** `--json`, the same on every command that answers. */
export function jsonOption(): Option {
  return new Option('--json', 'print JSON; lists as one object per line')
}

/** `--profile`, where connections are used. */
export function profileOption(): Option {
  return new Option('--profile <file>', 'a profile: which systems to watch')
}

/** `--read-only`, where connections are used. */
export function readOnlyOption(): Option {
  return new Option('--read-only', 'no command that changes anything outside is offered or accepted')
}

/** Reads a TCP port; 0 means any free one. */
export function readPort(text: string): number {
  return readInteger(text, { from: 0, to: 65_535 })
}

/** Reads a seed of the demo. */
export function readSeed(text: string): number {
  return readInteger(text, { from: 0, to: Number.MAX_SAFE_INTEGER })
}

/** Reads how many intents to print. */
export function readLimit(text: string): number {
  return readInteger(text, { from: 1, to: MOST_FOUND })
}

/** Reads a sequence number of the journal. */
export function readSequence(text: string): number {
  return readInteger(text, { from: 0, to: Number.MAX_SAFE_INTEGER })
}

/** Reads how many times faster than real time the demo runs. */
export function readRate(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  if (value <= 0 || value > FASTEST_DEMO) {
    throw new InvalidArgumentError(`Give a number above 0 and up to ${String(FASTEST_DEMO)}.`)
  }
  return value
}

/** Reads a number of days or of MiB, or the word `never`. */
export function readCountOrNever(text: string): number | 'never' {
  return text === 'never' ? text : readInteger(text, { from: 1, to: Number.MAX_SAFE_INTEGER })
}

function readInteger(text: string, bounds: { from: number; to: number }): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : -1
  if (value < bounds.from || value > bounds.to) {
    throw new InvalidArgumentError(`Give a whole number from ${String(bounds.from)} to ${String(bounds.to)}.`)
  }
  return value
}
