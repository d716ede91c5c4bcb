import type { Command } from 'commander'
import { Failure } from '../../shared/api/failure.ts'

/** Commands of the surface that this version does not have yet, with what helps meanwhile. */
const LATER = [
  {
    name: 'export',
    does: 'an exported log of a range',
    meanwhile: 'Use `tail --once --json` for the raw events.',
  },
  { name: 'open', does: 'the offline session on an exported log', meanwhile: '' },
  { name: 'import', does: 'an exported log into a scratch data folder', meanwhile: '' },
]

/** Adds the commands that are still to come: each fails with one sentence instead of being unknown. */
export function addLater(program: Command): void {
  for (const { name, does, meanwhile } of LATER) {
    program
      .command(name)
      .description(`${does} (not in this version yet)`)
      .argument('[arguments...]')
      .option('--json', 'print JSON')
      .allowUnknownOption()
      .action(() => {
        throw new Failure('closed', `This version does not have \`${name}\` yet.`, { tip: meanwhile })
      })
  }
}
