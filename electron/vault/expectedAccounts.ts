import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Which accounts have a value in the keychain, and since when: what a keychain that gives nothing is compared with. */
export interface ExpectedAccounts {
  /** When the value of an account was set, epoch milliseconds; null when none was. */
  setAtMs: (account: string) => Promise<number | null>
  /** Whether a value should be there. True for every account when the list cannot be read. */
  has: (account: string) => Promise<boolean>
  add: (account: string, atMs: number) => Promise<void>
  remove: (account: string) => Promise<void>
}

const schema = z.object({ accounts: z.record(z.string(), z.object({ setAtMs: z.number() })) })

type Accounts = Map<string, { setAtMs: number }>

/**
 * Opens the list `credentials.json` of a data folder: names and times, no values. It is read anew each time, since the
 * command line may write it beside a running console.
 */
export function openExpectedAccounts(dataDir: string): ExpectedAccounts {
  const file = join(dataDir, 'credentials.json')

  async function change(edit: (accounts: Accounts) => void): Promise<void> {
    const accounts = (await read(file)) ?? new Map<string, { setAtMs: number }>()
    edit(accounts)
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const draft = `${file}.draft`
    const text = JSON.stringify({ accounts: Object.fromEntries(accounts) }, null, 2)
    await writeFile(draft, `${text}\n`, { mode: 0o600 })
    await rename(draft, file)
  }

  return {
    setAtMs: async (account) => (await read(file))?.get(account)?.setAtMs ?? null,
    has: async (account) => (await read(file))?.has(account) ?? true,
    add: (account, atMs) => change((accounts) => accounts.set(account, { setAtMs: atMs })),
    remove: (account) => change((accounts) => accounts.delete(account)),
  }
}

/** The list; null when it is there and cannot be read. */
async function read(file: string): Promise<Accounts | null> {
  try {
    return new Map(Object.entries(schema.parse(JSON.parse(await readFile(file, 'utf8'))).accounts))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Map() : null
  }
}
