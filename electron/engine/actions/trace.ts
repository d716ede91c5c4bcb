import type { ActionRecord } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Store } from '../../store/store.ts'
import type { Command, Given, Trace } from '../../upstreams/command.ts'
import { upstreamOf } from '../../upstreams/index.ts'

/** Under this name the id to read is kept among an action's marks, since what was filled in is not kept. */
const READ_ID = 'readId'

/** What an intent shows of an action. */
export type Sign = ReturnType<Trace['seen']>

/** What an action is recognised by later, with the id to read where there is one. */
export function marksOf({ trace }: Command, given: Given): Record<string, string> {
  if (trace === null) return {}
  const readId = trace.readId(given)
  return { ...trace.marks(given), ...(readId === null ? {} : { [READ_ID]: readId }) }
}

/** How to find out what became of an action, and what to read for it; null where no reading can tell. */
export function traceOf(action: ActionRecord): { trace: Trace; readId: string } | null {
  const { commands } = upstreamOf(action.system)
  const trace = commands?.find(({ name }) => name === action.command)?.trace ?? null
  const readId = action.marks[READ_ID]
  return trace === null || readId === undefined ? null : { trace, readId }
}

/** The intent that shows what became of an action, as it is known now; null when its system does not know it. */
export async function intentOf(
  store: Pick<Store, 'intent'>,
  action: ActionRecord,
  readId: string,
): Promise<Intent | null> {
  try {
    const intent = await store.intent(action.intent ?? `${action.connection}:${readId}`)
    return intent.isNotFound ? null : intent
  } catch (reason) {
    if (reason instanceof Failure && reason.code === 'not-found') return null
    throw reason
  }
}
