import type { Intent } from '../../../../shared/intent/intent.ts'
import { comparableId } from '../../../../shared/intent/ids.ts'
import type { Given, Trace } from '../../command.ts'
import { intentIdOf } from './requests.ts'

/**
 * How long a request whose answer was lost is looked for, milliseconds: proxies and queues give a request up within minutes, and
 * the slowest documented chain takes 60 s to make one final.
 */
export const LOOKED_FOR_MS = 10 * 60_000

/** A reported transaction shows by its hash on the intent. That it does not show proves nothing: a session cannot be read. */
export const transactionShown: Trace<{ txHash: string }> = {
  marks: ({ input }) => ({ txHash: input.txHash }),
  readId: (given: Given<{ txHash: string }>) => intentIdOf(given),
  seen: (intent, { txHash = '' }) => {
    if (intent === null) return 'unclear'
    return isShown(intent, txHash) ? 'applied' : 'absent'
  },
  isAbsenceProof: false,
  windowMs: LOOKED_FOR_MS,
}

function isShown({ transactions, details }: Intent, txHash: string): boolean {
  const wanted = comparableId(txHash)
  return (
    transactions.some(({ hash }) => comparableId(hash) === wanted) ||
    Object.values(details).some((text) => comparableId(text) === wanted)
  )
}
