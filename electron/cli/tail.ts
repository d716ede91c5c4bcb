import type { Command } from 'commander'
import type { JournaledEvent } from '../../shared/log/rawEvent.ts'
import { formatInstant } from '../../shared/intent/time.ts'
import type { ReadStore } from '../store/store.ts'
import { dataOption, jsonOption, readSequence } from './options.ts'
import { readingStore } from './reading.ts'
import { listenForStop } from './stopSignal.ts'
import type { Surroundings } from './surroundings.ts'
import { printable } from './table.ts'

/** Events read at a time: a few hundred kilobytes. */
const PAGE = 500

/** Events shown before the new ones when following without `--from`, as people know it from `tail`. */
const LAST_FEW = 10

/** How often a follower looks for more, milliseconds: at once to an eye, nothing to the disk. */
const LOOK_MS = 250

interface TailOptions {
  data?: string
  json?: true
  from?: number
  once?: true
}

/** Adds `tail`: the journal's events as they come. */
export function addTail(program: Command, surroundings: Surroundings): void {
  program
    .command('tail')
    .description('follows the journal; ends on SIGINT')
    .addOption(dataOption())
    .option('--from <seq>', 'begin with this sequence number', readSequence)
    .option('--once', 'print what is there and end')
    .addOption(jsonOption())
    .action(async (options: TailOptions) => {
      const { signal } = listenForStop(surroundings.say)
      const lineOf = options.json ? (event: JournaledEvent) => JSON.stringify(event) : textOf
      await readingStore(options.data, surroundings, async (store) => {
        let after = await beginAfter(store, options)
        while (!signal.aborted) {
          const events = await store.journal({ after, limit: PAGE })
          for (const event of events) surroundings.print(lineOf(event))
          after = events.at(-1)?.seq ?? after
          if (events.length === PAGE) continue
          if (options.once) return
          await surroundings.clock.sleep(LOOK_MS, signal)
        }
      })
    })
}

async function beginAfter(store: ReadStore, options: TailOptions): Promise<number> {
  if (options.from !== undefined) return Math.max(0, options.from - 1)
  if (options.once) return 0
  return Math.max(0, (await store.head()).lastSeq - LAST_FEW)
}

function textOf(event: JournaledEvent): string {
  const at = formatInstant(event.receivedAtMs, 'utc', event.receivedAtMs)
  return printable(
    `${String(event.seq)}  ${at}  ${event.connection}  ${event.kind}  ${event.origin}  ${event.payload}`,
  )
}
