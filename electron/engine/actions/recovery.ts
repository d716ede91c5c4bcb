import type { ActionRecord } from '../../../shared/api/action.ts'
import type { Store } from '../../store/store.ts'
import type { Ledger } from './ledger.ts'

/** What taking up earlier actions needs. */
export interface RecoverySources {
  store: Pick<Store, 'openActions'>
  ledger: Ledger
  /** Whether this process is sending an action just now. */
  isUnderWay: (action: string) => boolean
}

const CUT_OFF = 'The console ended between sending and the answer.'

/**
 * Takes up the actions that an earlier run left open: what it was sending may or may not have arrived, so its outcome is unknown.
 * Nothing is ever sent again. Answers all whose outcome is unknown now.
 */
export async function takeUp({ store, ledger, isUnderWay }: RecoverySources): Promise<ActionRecord[]> {
  const open = await store.openActions()
  const unknown: ActionRecord[] = []
  for (const action of open) {
    if (isUnderWay(action.id)) continue
    const record =
      action.state === 'sending'
        ? await ledger.byConsole({ action: action.id, kind: 'unknown', why: CUT_OFF })
        : action
    if (record !== null) unknown.push(record)
  }
  return unknown
}
