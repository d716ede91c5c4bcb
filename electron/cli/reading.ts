import { openStore } from '../store/open.ts'
import type { ReadStore } from '../store/store.ts'
import { chosenDataDir } from './dataDir.ts'
import type { Surroundings } from './surroundings.ts'

/** Opens the store of a data folder for reading, beside a running console, and closes it after the work. */
export async function readingStore<T>(
  data: string | undefined,
  surroundings: Surroundings,
  work: (store: ReadStore, dataDir: string) => Promise<T>,
): Promise<T> {
  const { build, env } = surroundings
  const dataDir = chosenDataDir(data, env)
  const store = await openStore({ dataDir, workerUrl: build.workerUrl, mode: 'read' })
  try {
    return await work(store, dataDir)
  } finally {
    await store.close()
  }
}
