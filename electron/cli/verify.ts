import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Failure } from '../../shared/api/failure.ts'
import type { Verification } from '../store/store.ts'
import { chosenDataDir } from './dataDir.ts'
import { failureOf } from './exit.ts'
import { dataOption, jsonOption } from './options.ts'
import { readingStore } from './reading.ts'
import type { Surroundings } from './surroundings.ts'

/** Adds `verify`: whether a data folder says today what it was told, and where not. */
export function addVerify(program: Command, surroundings: Surroundings): void {
  program
    .command('verify')
    .description(
      'checks a data folder: checksums, chains of journal and ledger, and that everything concluded follows from them',
    )
    .argument('[data dir]', 'the folder; the same as --data')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (folder: string | undefined, options: { data?: string; json?: true }) => {
      const dataDir = chosenDataDir(folder ?? options.data, surroundings.env)
      refuseFile(dataDir)
      const found = await verified(dataDir, surroundings)
      for (const line of options.json ? [JSON.stringify(found)] : linesOf(found)) surroundings.print(line)
      const [first] = found.problems
      if (first === undefined) return
      const count = found.problems.length
      throw new Failure(
        'verification',
        `${dataDir} is not as it was written: ${count} problems, the first at ${first.where}.`,
        {
          tip: 'Start the console on it: what is damaged is moved aside, and what can be read is kept.',
          facts: { count, where: first.where },
        },
      )
    })
}

function refuseFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return
  throw new Failure('closed', `This version verifies data folders, and ${resolve(path)} is a file.`, {
    tip: 'Give the folder that holds console.db.',
  })
}

/** A store that cannot even be opened fails verification, unless it is just not of this version. */
async function verified(dataDir: string, surroundings: Surroundings): Promise<Verification> {
  try {
    return await readingStore(dataDir, surroundings, (store) => store.verify())
  } catch (error) {
    const failure = failureOf(error)
    if (!isAboutContent(failure)) throw failure
    throw new Failure('verification', failure.message, { tip: failure.tip, facts: failure.facts })
  }
}

/** Not about a disk that refuses, nor about a schema that this version does not read. */
function isAboutContent({ code, facts }: Failure): boolean {
  if (code !== 'disk' || 'schema' in facts) return false
  const { code: cause = null } = facts
  return cause === null || /^SQLITE_(CORRUPT|NOTADB)/.test(String(cause))
}

function linesOf({ problems, ...counts }: Verification): string[] {
  const { eventCount, lastSeq, retainedCount, lostCount, stepCount, lostStepCount, intentCount } = counts
  return [
    `${eventCount} events up to ${lastSeq}, ${intentCount} intents; ${retainedCount} events removed, ${lostCount} lost.`,
    ...(stepCount + lostStepCount === 0 ? [] : [`${stepCount} steps of actions, ${lostStepCount} lost.`]),
    ...(problems.length === 0 ? ['Everything is as it was written.'] : []),
    ...problems.map(({ where, what }) => `${where}: ${what}`),
  ]
}
