import { Option, type Command } from 'commander'
import { isGood, linesOf } from './actAnswer.ts'
import { dataOption, jsonOption, profileOption, readOnlyOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'

/** Options of `act`, as commander reads them. */
export interface ActOptions {
  input: string
  data?: string
  profile?: string
  readOnly?: true
  dryRun?: true
  /** Why a production profile is unlocked for this one command. */
  unlock?: string
  approvalRequest?: string
  /** File of an approval, in place of its text in the input. */
  approval?: string
  json?: true
}

/** Adds `act`: one operator command on a data folder, without a window. `onEnd` is told whether it was accepted. */
export function addAct(
  program: Command,
  surroundings: Surroundings,
  onEnd: (isAccepted: boolean) => void,
): void {
  program
    .command('act')
    .description('runs one operator command; exits with 0 when it was accepted')
    .argument(
      '<command>',
      'watchIntent, addNote, prepareRefund, …; a wrong one is answered with all there are',
    )
    .requiredOption(
      '--input <json>',
      'the input as JSON, @file, or - for stdin; its "approval" is the text of an approval file',
    )
    .addOption(dataOption())
    .addOption(profileOption())
    .addOption(readOnlyOption())
    .option('--dry-run', 'print the literal request and how everything stands, and send nothing')
    .option('--unlock <reason>', 'unlock a production profile for this one command; the reason is kept')
    .option('--approval-request <file>', 'write what a second person has to approve, and send nothing')
    .addOption(
      new Option('--approval <file>', 'give the approval of a second person').conflicts('approvalRequest'),
    )
    .addOption(jsonOption())
    .action(async (command: string, options: ActOptions) => {
      // Loaded here, so that a quick command does not pay for the engine.
      const { act } = await import('./acting.ts')
      const answer = await act(command, options, surroundings)
      for (const line of options.json ? [JSON.stringify(answer)] : linesOf(answer)) surroundings.print(line)
      onEnd(isGood(answer))
    })
}
