import type { Command } from 'commander'
import { dataOption, jsonOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'

/** Options of `approve`, as commander reads them. */
export interface ApproveOptions {
  out: string
  as?: string
  data?: string
  json?: true
}

/** Adds `approve`: a second person reads what somebody wants to have sent, and signs that it may be. */
export function addApprove(program: Command, surroundings: Surroundings): void {
  program
    .command('approve')
    .description('shows what another operator wants to have sent, and approves exactly that')
    .argument('<request file>', 'as the other operator saved it')
    .requiredOption('--out <file>', 'where to write the approval; never written over')
    .option('--as <name>', 'the identity to approve with; default: the first of `identity show`')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (file: string, options: ApproveOptions) => {
      const { approve } = await import('./approving.ts')
      const { approver, hash } = await approve(file, options, surroundings)
      const told = { file: options.out, hash, approver }
      surroundings.print(
        options.json ? JSON.stringify(told) : `Approved as ${approver.name}: give ${options.out} back.`,
      )
    })
}
