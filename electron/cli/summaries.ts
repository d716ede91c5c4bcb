import { createRouterClient } from '@orpc/server'
import { Failure } from '../../shared/api/failure.ts'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import { openReader } from '../engine/reader.ts'
import { lastUsedProfile } from '../engine/savedProfiles.ts'
import type { LastUsed } from '../engine/savedProfiles.ts'
import { readProfileFile } from './choice.ts'
import type { ConnectionsOptions } from './connections.ts'
import { createLogger } from './log.ts'
import { readingStore } from './reading.ts'
import type { Surroundings } from './surroundings.ts'

/** The connections of a data folder as its journal tells of them. Fails with `not-found` where none ever was. */
export function readSummaries(
  options: ConnectionsOptions,
  surroundings: Surroundings,
): Promise<ConnectionSummary[]> {
  const { build, clock, say } = surroundings
  return readingStore(options.data, surroundings, async (store, dataDir) => {
    const reader = await openReader({
      store,
      dataDir,
      clock,
      ...(await profileFor(options.profile, dataDir)),
      consoleVersion: build.version,
      logger: createLogger({ level: 'error', clock, say, file: null }),
    })
    try {
      return (await createRouterClient(reader.router).connections.next({})).connections
    } finally {
      await reader.close()
    }
  })
}

async function profileFor(file: string | undefined, dataDir: string): Promise<LastUsed> {
  if (file !== undefined) return { profile: await readProfileFile(file), isDemo: false }
  const last = await lastUsedProfile(dataDir)
  if (last !== null) return last
  throw new Failure('not-found', `No profile was ever used with ${dataDir}.`, {
    tip: 'Give one with --profile.',
  })
}
