import type { Command } from 'commander'
import { openStore } from '../store/open.ts'
import { chosenDataDir } from './dataDir.ts'
import { failureOf } from './exit.ts'
import { dataOption, jsonOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'

/** Adds `rebuild`: reads the whole journal again, as after a better understanding of what systems say. */
export function addRebuild(program: Command, surroundings: Surroundings): void {
  program
    .command('rebuild')
    .description(
      'reads the journal again and makes everything concluded from it anew; no console may be running',
    )
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options: { data?: string; json?: true }) => {
      const { build, env, print } = surroundings
      const dataDir = chosenDataDir(options.data, env)
      await refuseEmpty(dataDir, build.workerUrl)
      const store = await openStore({ dataDir, workerUrl: build.workerUrl, mode: 'write' })
      try {
        const rebuilt = await store.rebuild()
        print(options.json ? JSON.stringify(rebuilt) : `Read ${String(rebuilt.eventCount)} events again.`)
      } finally {
        await store.close()
      }
    })
}

/**
 * Opening for reading refuses a folder without data, where opening for writing would make an empty store. Whatever else
 * it refuses, a rebuild that was broken off among it, the writer knows better.
 */
async function refuseEmpty(dataDir: string, workerUrl: URL): Promise<void> {
  try {
    await (await openStore({ dataDir, workerUrl, mode: 'read' })).close()
  } catch (error) {
    if (failureOf(error).code === 'not-found') throw error
  }
}
