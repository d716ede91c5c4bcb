import { systemClock } from '../upstreams/kit/clock.ts'
import { runCommandLine } from './program.ts'
import type { Build } from './surroundings.ts'

/** Runs this process's command line on the real streams and clock, and sets its exit code. */
export async function runProcess(build: Build): Promise<void> {
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  const exitCode = await runCommandLine(process.argv.slice(2), {
    build,
    clock: systemClock,
    env: process.env,
    print: (line) => {
      process.stdout.write(`${line}\n`)
    },
    say: (sentence) => {
      process.stderr.write(`${sentence}\n`)
    },
  })
  process.exitCode ??= exitCode
}
