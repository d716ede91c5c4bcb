import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../shared/api/failure.ts'
import type { Profile } from '../../shared/api/profile.ts'
import { readProfile } from './profile.ts'

/** A profile kept in the folder of profiles. */
export interface SavedProfile {
  name: string
  text: string
}

/** The name that always stands for the sandbox and can not be saved over. */
export const DEMO_NAME = 'demo'

/** Saved profiles of a folder by name; a file that cannot be read any more is left out. */
export async function savedProfiles(profilesDir: string): Promise<SavedProfile[]> {
  const files = (await unlessMissing(readdir(profilesDir))) ?? []
  const texts = await Promise.all(
    files
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => readFile(join(profilesDir, file), 'utf8')),
  )
  return texts.flatMap((text) => {
    const name = nameIn(text)
    return name === null ? [] : [{ name, text }]
  })
}

/** Saves a good profile under its name, over an older one of that name; answers the name. Fails with `usage`. */
export async function saveProfile(profilesDir: string, text: string): Promise<string> {
  const { name } = readProfile(text, 'The text')
  const file = fileOf(profilesDir, name)
  const existing = nameIn((await unlessMissing(readFile(file, 'utf8'))) ?? '')
  if (name.toLowerCase() === DEMO_NAME || (existing !== null && existing !== name)) {
    throw new Failure(
      'usage',
      `The name “${name}” is taken${existing === null ? '' : ` by “${existing}”`}.`,
      {
        tip: 'Give the profile another name.',
      },
    )
  }
  await mkdir(profilesDir, { recursive: true, mode: 0o700 })
  await replace(file, text)
  return name
}

/** A saved profile by name; fails with `not-found`, or with `usage` when its file is no longer good. */
export async function savedProfile(profilesDir: string, name: string): Promise<Profile> {
  const saved = await savedProfiles(profilesDir)
  const found = saved.find((profile) => profile.name === name)
  if (found !== undefined) return readProfile(found.text, fileOf(profilesDir, name))
  throw new Failure('not-found', `There is no saved profile “${name}”.`, {
    tip: `Saved here: ${saved.map((profile) => profile.name).join(', ') || 'none'}.`,
  })
}

/** What a data folder was last used with, for the next start and for readers. */
export interface LastUsed {
  isDemo: boolean
  profile: Profile
}

const lastUsedSchema = z.object({ isDemo: z.boolean(), profile: z.unknown() })

/** The profile that a data folder was last used with; null when it never was. Fails with `usage`. */
export async function lastUsedProfile(dataDir: string): Promise<LastUsed | null> {
  const file = lastUsedFile(dataDir)
  const text = await unlessMissing(readFile(file, 'utf8'))
  if (text === null) return null
  const parsed = lastUsedSchema.safeParse(jsonOrNull(text))
  if (!parsed.success) {
    throw new Failure('usage', `${file} cannot be read.`, { tip: 'Delete it and choose a profile again.' })
  }
  return { isDemo: parsed.data.isDemo, profile: readProfile(JSON.stringify(parsed.data.profile), file) }
}

/** Remembers what a data folder is used with. */
export async function rememberProfile(dataDir: string, used: LastUsed): Promise<void> {
  await replace(lastUsedFile(dataDir), `${JSON.stringify(used, null, 2)}\n`)
}

function lastUsedFile(dataDir: string): string {
  return join(dataDir, 'profile-in-use.json')
}

/** A file name that no name can lead out of the folder. */
function fileOf(profilesDir: string, name: string): string {
  const safe = name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-')
  return join(profilesDir, `${safe}.json`)
}

function nameIn(text: string): string | null {
  return z.object({ name: z.string() }).safeParse(jsonOrNull(text)).data?.name ?? null
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (reason) {
    if (reason instanceof Error && 'code' in reason && reason.code === 'ENOENT') return null
    throw reason
  }
}

/** Whole or not at all. */
async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.draft`
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, file)
}
