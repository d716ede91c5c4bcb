import type { Command } from 'commander'
import { Option } from 'commander'
import { LOG_LEVELS, readPort, readRate, readSeed } from './options.ts'
import { dataOption, profileOption, readOnlyOption } from './options.ts'
import type { LogLevel } from './options.ts'
import type { Surroundings } from './surroundings.ts'

/** Options of `serve`, as commander reads them. */
export interface ServeOptions {
  demo?: true
  seed?: number
  rate?: number
  profile?: string
  data?: string
  host: 'desktop' | 'browser'
  port: number
  open: boolean
  readOnly?: true
  allowActions?: true
  logLevel: LogLevel
}

/** Adds `serve`, which is what `npm start` runs. */
export function addServe(program: Command, surroundings: Surroundings): void {
  program
    .command('serve')
    .description('watch the systems of a profile, or the demo, and serve the screens')
    .option('--demo', 'start the sandbox on loopback ports of its own and watch it')
    .option(
      '--seed <n>',
      "demo only: the story's seed; default: what this folder was told last, else 1",
      readSeed,
    )
    .option(
      '--rate <x>',
      'demo only: how many times faster than real time it runs; default: likewise',
      readRate,
    )
    .addOption(profileOption())
    .addOption(dataOption())
    .addOption(
      new Option('--host <host>', 'where the screens are').choices(['desktop', 'browser']).default('desktop'),
    )
    .option('--port <n>', "browser host's port; 0 is any free one", readPort, 0)
    .option('--no-open', 'do not open the system browser')
    .addOption(readOnlyOption())
    .option('--allow-actions', 'browser host only: accept commands that change anything outside')
    .addOption(
      new Option('--log-level <level>', 'least important lines that are logged')
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .action(async (options: ServeOptions) => {
      // Loaded here, so that a quick command does not pay for engine and sandbox.
      const { serve } = await import('./serving.ts')
      await serve(options, surroundings)
    })
}
