import { Option, type Command } from 'commander'
import type { ActionRecord } from '../../shared/api/action.ts'
import { chosenDataDir } from './dataDir.ts'
import { dataOption, jsonOption, profileOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'

interface SettleOptions {
  carriedOut: 'yes' | 'no'
  reason: string
  data?: string
  profile?: string
  json?: true
}

/** Adds `settle`: a person's word on an action whose outcome no reading has told. */
export function addSettle(program: Command, surroundings: Surroundings): void {
  program
    .command('settle')
    .description('settles an action whose outcome is not known; sends nothing')
    .argument('<action>', 'its id, as `audit` prints it')
    .addOption(
      new Option('--carried-out <yes|no>', 'whether it was carried out')
        .choices(['yes', 'no'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <evidence>', 'how you know; it is kept')
    .addOption(dataOption())
    .addOption(profileOption())
    .addOption(jsonOption())
    .action(async (action: string, options: SettleOptions) => {
      // Loaded here, so that a quick command does not pay for the engine.
      const { running, usedProfile } = await import('./running.ts')
      const dataDir = chosenDataDir(options.data, surroundings.env)
      const profile = await usedProfile(options.profile, dataDir)
      const word = { action, wasCarriedOut: options.carriedOut === 'yes', reason: options.reason }
      const desk = { surroundings, dataDir, profile, isReadOnly: true }
      const settled = await running(desk, (client) => client.actions.resolve(word))
      surroundings.print(options.json ? JSON.stringify(settled) : sentenceOf(settled))
    })
}

function sentenceOf({ words, subject, state }: ActionRecord): string {
  return `${words} about ${subject}: settled as ${state === 'accepted' ? 'carried out' : 'not carried out'}.`
}
