import { Failure } from '../../shared/api/failure.ts'

/** Where the console writes about itself; the host decides how (never to stdout). Nothing secret may be handed in. */
export interface Logger {
  error: (sentence: string, facts?: LogFacts) => void
  warn: (sentence: string, facts?: LogFacts) => void
  info: (sentence: string, facts?: LogFacts) => void
  debug: (sentence: string, facts?: LogFacts) => void
}

/** Values that a log line is about. */
export type LogFacts = Record<string, string | number | boolean | null>

/** Gives a promise that nobody awaits a place where its failure is heard. */
export type InBackground = (name: string, promise: Promise<unknown>) => void

/** Makes the one `inBackground` of an engine: failures become a log line that names the work. */
export function backgroundOf(logger: Logger): InBackground {
  return (name, promise) => {
    promise.catch((reason: unknown) => {
      // Work that ends with the console, or with its connection, did not break.
      if (reason instanceof Failure && reason.code === 'cancelled') return
      logger.error(`${name} failed.`, { reason: reason instanceof Error ? reason.message : String(reason) })
    })
  }
}
