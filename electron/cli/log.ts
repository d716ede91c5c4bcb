import type { LogFacts, Logger } from '../engine/logger.ts'
import type { LogFile } from './logFile.ts'
import { LOG_LEVELS } from './options.ts'
import type { LogLevel } from './options.ts'
import { printable } from './table.ts'

/** Where log lines go and from which level on. */
export interface LogOptions {
  level: LogLevel
  clock: { nowMs: () => number }
  say: (line: string) => void
  /** Null for a command that only reads: it leaves nothing behind. */
  file: LogFile | null
}

/** Writes the console's log to stderr and to its file. When the file refuses, stderr says so once and goes on. */
export function createLogger(options: LogOptions): Logger {
  const { level, clock, say, file } = options
  const lowest = LOG_LEVELS.indexOf(level)
  let open = file

  function write(of: LogLevel, sentence: string, facts: LogFacts = {}): void {
    if (LOG_LEVELS.indexOf(of) > lowest) return
    const line = `${new Date(clock.nowMs()).toISOString()} ${of.padEnd(5)} ${printable(sentence)}${factsText(facts)}`
    say(line)
    try {
      open?.write(line)
    } catch (error) {
      open = null
      say(`The log file cannot be written, so the log goes on here only: ${(error as Error).message}`)
    }
  }

  return {
    error: (sentence, facts) => {
      write('error', sentence, facts)
    },
    warn: (sentence, facts) => {
      write('warn', sentence, facts)
    },
    info: (sentence, facts) => {
      write('info', sentence, facts)
    },
    debug: (sentence, facts) => {
      write('debug', sentence, facts)
    },
  }
}

function factsText(facts: LogFacts): string {
  return Object.entries(facts)
    .map(
      ([name, value]) =>
        ` ${name}=${printable(typeof value === 'string' ? JSON.stringify(value) : String(value))}`,
    )
    .join('')
}
