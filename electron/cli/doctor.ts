import type { Command } from 'commander'
import { chosenDataDir } from './dataDir.ts'
import { dataOption, jsonOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'
import { alignColumns } from './table.ts'

/** Adds `doctor`: whether this machine has what the console needs, a line each. */
export function addDoctor(program: Command, surroundings: Surroundings): void {
  program
    .command('doctor')
    .description('versions, keychain, Electron runtime, data folder, ports, clock: a line each')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options: { data?: string; json?: true }) => {
      // Loaded here, so that a quick command does not pay for the database and the keychain.
      const { examine } = await import('./examination.ts')
      const findings = await examine(chosenDataDir(options.data, surroundings.env), surroundings)
      const lines = options.json
        ? findings.map((finding) => JSON.stringify(finding))
        : alignColumns(
            ['WHAT', 'STATE', 'FOUND'],
            findings.map(({ name, state, text }) => [name, state, text]),
          )
      for (const line of lines) surroundings.print(line)
    })
}
