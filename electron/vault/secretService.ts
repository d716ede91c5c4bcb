import { open, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { BusFailure, type AskBus } from './sessionBus.ts'

/**
 * How the keyring of a Linux desktop fares. `closed` is a service without the keyring that new values go to: it was not
 * opened yet, or was never made. `unknown` nobody here can ask.
 */
export interface KeyringState {
  state: 'open' | 'locked' | 'closed' | 'unavailable' | 'unknown'
  /** Name of what answers the Secret Service's calls. */
  backend: string
  /** Whether the keyring's file is kept without encryption. */
  isUnencrypted: boolean
  /** One sentence; empty when open. */
  why: string
  /** What to do about it; may be empty. */
  tip: string
}

const SERVICE = 'org.freedesktop.secrets'
const DEFAULT_KEYRING = '/org/freedesktop/secrets/aliases/default'

/** Programs that answer the Secret Service's calls, by what the kernel calls them (cut at 15 letters). */
const BACKENDS: [RegExp, string][] = [
  [/^gnome-keyring/, 'GNOME Keyring'],
  [/^(kwalletd|ksecretd)/, 'KWallet'],
  [/^keepassxc/i, 'KeePassXC'],
  [/^oo7/, 'oo7'],
]

/** How a keyring file of GNOME without a password begins; others are binary. */
const PLAIN_KEYRING = '[keyring]'

const UNLOCK = 'Unlock it (log in again, or open Passwords and Keys), then try again.'
const INSTALL =
  'Install a keyring such as gnome-keyring and log in again; a credential, but no identity, may come from env:NAME instead.'

/** Asks the Secret Service how it fares. It answers or gives up within a few seconds, never opens a prompt, never rejects. */
export async function keyringState(ask: AskBus, env: NodeJS.ProcessEnv): Promise<KeyringState> {
  try {
    const locked = await ask({
      destination: SERVICE,
      path: DEFAULT_KEYRING,
      method: 'org.freedesktop.DBus.Properties.Get',
      args: ['org.freedesktop.Secret.Collection', 'Locked'],
    })
    const [backend, isUnencrypted] = await Promise.all([backendOf(ask), isKeptPlain(ask, env)])
    // One without a password opens by itself as soon as it is asked for a value.
    return /\btrue\b/.test(locked) && !isUnencrypted
      ? { state: 'locked', backend, isUnencrypted, why: `${backend} is locked.`, tip: UNLOCK }
      : { state: 'open', backend, isUnencrypted, why: '', tip: '' }
  } catch (error) {
    if (!(error instanceof BusFailure)) throw error
    return troubleOf(error, error.kind === 'object' ? await backendOf(ask) : 'none')
  }
}

function troubleOf({ kind, message }: BusFailure, backend: string): KeyringState {
  const common = { state: 'unavailable', backend, isUnencrypted: false } as const
  switch (kind) {
    case 'object':
      return { ...common, state: 'closed', why: `${backend} has no open keyring.`, tip: UNLOCK }
    case 'silence':
      return { ...common, why: 'The keyring does not answer.', tip: 'Log in again, which starts it anew.' }
    case 'bus':
      return { ...common, why: 'No session D-Bus can be reached, so no keyring can be asked.', tip: INSTALL }
    case 'service':
      return { ...common, why: 'No keyring service is installed.', tip: INSTALL }
    case 'other':
      return { ...common, why: `The keyring did not answer: ${message}`, tip: INSTALL }
    case 'tool': {
      const why = 'Whether the keyring is locked cannot be asked.'
      return { ...common, state: 'unknown', backend: 'Secret Service', why, tip: `Because ${message}.` }
    }
  }
}

async function backendOf(ask: AskBus): Promise<string> {
  try {
    const answer = await ask({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      method: 'org.freedesktop.DBus.GetConnectionUnixProcessID',
      args: [SERVICE],
    })
    const pid = /\d+(?=\D*$)/.exec(answer)?.[0] ?? ''
    const name = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
    return BACKENDS.find(([pattern]) => pattern.test(name))?.[1] ?? `Secret Service (${name})`
  } catch {
    // Its name is a courtesy: a service of another user, or in another container, is still one.
    return 'Secret Service'
  }
}

/** Looks at the first bytes of the default keyring's file; false where there is none to look at. */
async function isKeptPlain(ask: AskBus, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const alias = await ask({
      destination: SERVICE,
      path: '/org/freedesktop/secrets',
      method: 'org.freedesktop.Secret.Service.ReadAlias',
      args: ['default'],
    })
    const name = unescaped(/\/collection\/([A-Za-z0-9_]+)/.exec(alias)?.[1] ?? '')
    const folder = env['XDG_DATA_HOME'] || join(env['HOME'] ?? homedir(), '.local', 'share')
    const file = await open(join(folder, 'keyrings', `${name}.keyring`))
    try {
      const { buffer } = await file.read(Buffer.alloc(PLAIN_KEYRING.length), 0, PLAIN_KEYRING.length)
      return buffer.toString() === PLAIN_KEYRING
    } finally {
      await file.close()
    }
  } catch {
    return false
  }
}

/** A name as it stood before it became part of a D-Bus path, where other characters are `_` and two hex digits. */
function unescaped(part: string): string {
  return part.replaceAll(/_([0-9a-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
