import { systemClock } from '../upstreams/kit/clock.ts'
import { preventDumps, snapshotFlag } from './crashDumps.ts'
import { exitCodeOf } from './exit.ts'
import type { FaceKind } from './face.ts'
import { runCommandLine } from './program.ts'
import type { Build } from './surroundings.ts'

/** What a root may set. */
export interface ProcessOptions {
  /** Default: what stands behind the program's own path. */
  args?: readonly string[]
  desktop?: FaceKind
}

/** Runs this process's command line on the real streams and clock, and sets its exit code. */
export async function runProcess(build: Build, options: ProcessOptions = {}): Promise<void> {
  const { args = process.argv.slice(2), ...rest } = options
  preventDumps()
  const flag = snapshotFlag()
  if (flag !== null) {
    process.stderr.write(`A snapshot of memory would hold every credential: start again without ${flag}.\n`)
    process.exitCode = exitCodeOf('usage')
    return
  }
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  const exitCode = await runCommandLine(args, {
    ...rest,
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
