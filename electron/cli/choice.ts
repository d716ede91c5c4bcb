import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../shared/api/failure.ts'
import type { Profile } from '../../shared/api/profile.ts'
import { readProfile } from '../engine/profile.ts'
import { lastUsedProfile } from '../engine/savedProfiles.ts'
import { shortenedPath, troubleWithFile } from '../engine/shortened.ts'
import { chosenDataDir } from './dataDir.ts'

/** What a run watches and where it keeps what it hears. `profile` is null for the demo, whose sandbox makes it. */
export interface Choice {
  profile: Profile | null
  dataDir: string
}

/** Folders of a console: where the demo and where profiles keep what they hear, and where profiles are saved. */
export interface Folders {
  demo: string
  profiles: string
  saved: string
}

/** Folders for a `--data` option; without one the demo has a folder of its own inside the default. */
export function foldersOf(data: string | undefined, env: NodeJS.ProcessEnv): Folders {
  const dataDir = chosenDataDir(data, env)
  return {
    demo: data === undefined ? join(dataDir, 'demo') : dataDir,
    profiles: dataDir,
    saved: join(dataDir, 'profiles'),
  }
}

/** Options that decide it, as written on the command line. */
export interface ChoiceOptions {
  demo?: true
  profile?: string
  data?: string
  seed?: number
  rate?: number
}

/**
 * The profile of `--profile`, else the one last used in the data folder, else the demo. Fails with `usage` when the
 * options contradict each other or the profile is wrong.
 */
export async function chooseProfile(options: ChoiceOptions, folders: Folders): Promise<Choice> {
  if (options.demo && options.profile !== undefined) {
    throw new Failure('usage', 'The demo and a profile cannot be watched together.', {
      tip: 'Leave out --demo or --profile.',
    })
  }
  const profile = options.demo ? null : await givenProfile(options.profile, folders.profiles)
  if (profile === null) return { profile, dataDir: folders.demo }
  if (options.seed !== undefined || options.rate !== undefined) {
    throw new Failure('usage', `--seed and --rate belong to the demo, and the profile is ${profile.name}.`, {
      tip: 'Leave them out, or add --demo.',
    })
  }
  return { profile, dataDir: folders.profiles }
}

async function givenProfile(file: string | undefined, dataDir: string): Promise<Profile | null> {
  if (file !== undefined) return readProfileFile(file)
  const last = await lastUsedProfile(dataDir)
  return last === null || last.isDemo ? null : last.profile
}

/** Reads a profile from its file; fails with `usage` and every problem with its place. */
export async function readProfileFile(file: string): Promise<Profile> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const told = `The profile ${shortenedPath(file)} cannot be read: ${troubleWithFile(error)}.`
    throw new Failure('usage', told, {
      tip: 'Give the path of a profile with --profile.',
    })
  })
  return readProfile(text, file)
}
