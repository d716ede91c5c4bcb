import type { Desk } from '../desk.ts'
import { actionHandlers } from './actions.ts'
import { connectionHandlers } from './connections.ts'
import { credentialHandlers } from './credentials.ts'
import { implementContract } from './implementer.ts'
import { intentHandlers } from './intents.ts'
import { journalHandlers } from './journal.ts'
import { mempoolHandlers } from './mempool.ts'
import { noteHandlers } from './notes.ts'
import { profileHandlers } from './profiles.ts'
import { settingsHandlers } from './settings.ts'
import { statusHandlers } from './status.ts'

/** The whole contract answered from one desk, for any carrier. */
export function routerOf(desk: Desk) {
  const os = implementContract(desk.logger)
  return os.router({
    status: statusHandlers(os, desk),
    intents: intentHandlers(os, desk),
    notes: noteHandlers(os, desk),
    actions: actionHandlers(os, desk),
    journal: journalHandlers(os, desk),
    mempool: mempoolHandlers(os, desk),
    connections: connectionHandlers(os, desk),
    credentials: credentialHandlers(os, desk),
    profiles: profileHandlers(os, desk),
    settings: settingsHandlers(os, desk),
  })
}

/** What `routerOf` makes. */
export type EngineRouter = ReturnType<typeof routerOf>
