import type { Rehearsal } from '../../../shared/api/action.ts'

/** Name of the file that the request to a second person is saved in. */
export function requestFile({ command, confirmation }: Pick<Rehearsal, 'command' | 'confirmation'>): string {
  return `approve-${command}-${confirmation.tail}.json`
}
