import type { Command } from 'commander'
import type { Settings } from '../../shared/api/settings.ts'
import { openStore } from '../store/open.ts'
import { chosenDataDir } from './dataDir.ts'
import { dataOption, jsonOption, readCountOrNever } from './options.ts'
import { readingStore } from './reading.ts'
import type { Surroundings } from './surroundings.ts'

type Kept = Pick<Settings, 'keepClosedDays' | 'keepMegabytes'>

interface RetentionOptions {
  data?: string
  json?: true
  days?: number | 'never'
  megabytes?: number | 'never'
}

/** Adds `retention`: how long what is over is kept. Everything for ever, unless somebody says otherwise. */
export function addRetention(program: Command, surroundings: Surroundings): void {
  program
    .command('retention')
    .description(
      'how long intents that are over are kept; what is open, at risk, watched or in doubt always is',
    )
    .option('--days <n>', 'remove them after so many days, or `never`', readCountOrNever)
    .option('--megabytes <n>', 'remove the oldest above so many MiB in all, or `never`', readCountOrNever)
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options: RetentionOptions) => {
      const changes: Partial<Kept> = {
        ...(options.days === undefined ? {} : { keepClosedDays: limitOf(options.days) }),
        ...(options.megabytes === undefined ? {} : { keepMegabytes: limitOf(options.megabytes) }),
      }
      const kept = await readingStore(options.data, surroundings, (store) => store.settings())
      const now = Object.keys(changes).length === 0 ? kept : await changed(changes, options, surroundings)
      const { keepClosedDays, keepMegabytes } = now
      const line = options.json ? JSON.stringify({ keepClosedDays, keepMegabytes }) : sentenceOf(now)
      surroundings.print(line)
    })
}

/** A console that runs has its settings screen for this: fails with `held` beside one. */
async function changed(
  changes: Partial<Kept>,
  { data }: RetentionOptions,
  { build, env }: Surroundings,
): Promise<Kept> {
  const store = await openStore({
    dataDir: chosenDataDir(data, env),
    workerUrl: build.workerUrl,
    mode: 'write',
  })
  try {
    return await store.setSettings(changes)
  } finally {
    await store.close()
  }
}

function limitOf(said: number | 'never'): number | null {
  return said === 'never' ? null : said
}

function sentenceOf({ keepClosedDays, keepMegabytes }: Kept): string {
  if (keepClosedDays === null && keepMegabytes === null) return 'Everything is kept for ever.'
  const limits = [
    ...(keepClosedDays === null ? [] : [`${String(keepClosedDays)} days after they were last heard of`]),
    ...(keepMegabytes === null ? [] : [`oldest first above ${String(keepMegabytes)} MiB in all`]),
  ]
  return `Intents that are over are removed with their events ${limits.join(', and ')}.`
}
