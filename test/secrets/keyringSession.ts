import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { until } from '../until.ts'

const PASSWORD = 'password-of-the-test-keyring'

/** A D-Bus session of the test's own with a real gnome-keyring in it, whose files live in a scratch folder. */
export interface KeyringSession {
  folder: string
  /** Environment in which a program finds this session and nothing of the machine's. */
  env: NodeJS.ProcessEnv
  lock: () => Promise<void>
  unlock: () => Promise<void>
  /** Stops and continues the daemon, as a debugger or a full machine would. */
  freeze: () => void
  thaw: () => void
  close: () => Promise<void>
}

/** Opens a session; the keyring is unlocked, or kept in a file without encryption when `isPlain`. */
export async function openKeyringSession(isPlain = false): Promise<KeyringSession> {
  const folder = mkdtempSync(join(tmpdir(), 'keyring-'))
  const env = scratchEnvironment(folder)
  if (isPlain) writePlainKeyring(folder)
  const bus = spawn('dbus-daemon', [`--config-file=${busConfig(folder)}`, '--nofork', '--print-address=1'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [address] = (await once(createInterface(bus.stdout), 'line')) as [string]
  env['DBUS_SESSION_BUS_ADDRESS'] = address
  let daemon = startDaemon(env, isPlain)
  async function close(): Promise<void> {
    for (const child of [daemon, bus]) await end(child)
    rmSync(folder, { recursive: true })
  }
  try {
    // A plain keyring opens by itself at the first value.
    await until('a keyring', async () => (await isLocked(env)) === isPlain)
  } catch (error) {
    await close()
    throw error
  }

  return {
    folder,
    env,
    lock: async () => {
      await callService(
        env,
        'org.freedesktop.Secret.Service.Lock',
        "['/org/freedesktop/secrets/aliases/default']",
      )
      await until('a locked keyring', () => isLocked(env))
    },
    unlock: async () => {
      // As logging in again does.
      await end(daemon)
      daemon = startDaemon(env, isPlain)
      await until('an open keyring', async () => (await isLocked(env)) === false)
    },
    freeze: () => daemon.kill('SIGSTOP'),
    thaw: () => daemon.kill('SIGCONT'),
    close,
  }
}

function scratchEnvironment(folder: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' }
  for (const name of ['XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR', 'TMPDIR']) {
    const place = join(folder, name.toLowerCase())
    mkdirSync(place, { mode: 0o700 })
    env[name] = place
  }
  return env
}

/** A bus that starts no service by itself: the only keyring on it is the one that the test starts. */
function busConfig(folder: string): string {
  const file = join(folder, 'bus.conf')
  const policy = '<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>'
  writeFileSync(
    file,
    `<busconfig><type>session</type><listen>unix:dir=${folder}</listen><auth>EXTERNAL</auth>
    <policy context="default">${policy}</policy></busconfig>`,
  )
  return file
}

function writePlainKeyring(folder: string): void {
  const keyrings = join(folder, 'xdg_data_home', 'keyrings')
  mkdirSync(keyrings, { mode: 0o700 })
  const text = '[keyring]\ndisplay-name=plain\nctime=0\nmtime=0\nlock-on-idle=false\nlock-after=false\n'
  writeFileSync(join(keyrings, 'plain.keyring'), text, { mode: 0o600 })
  writeFileSync(join(keyrings, 'default'), 'plain')
}

function startDaemon(env: NodeJS.ProcessEnv, isPlain: boolean): ChildProcess {
  const how = isPlain ? [] : ['--unlock']
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...how], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end(isPlain ? '' : PASSWORD)
  return daemon
}

/** Whether the default keyring is locked; null while there is none. */
async function isLocked(env: NodeJS.ProcessEnv): Promise<boolean | null> {
  try {
    const call = ['org.freedesktop.DBus.Properties.Get', 'org.freedesktop.Secret.Collection', 'Locked']
    const answer = await gdbus(env, '/org/freedesktop/secrets/aliases/default', call)
    return answer.includes('true')
  } catch {
    return null
  }
}

async function callService(env: NodeJS.ProcessEnv, method: string, argument: string): Promise<void> {
  await gdbus(env, '/org/freedesktop/secrets', [method, argument])
}

async function gdbus(env: NodeJS.ProcessEnv, path: string, call: readonly string[]): Promise<string> {
  const where = ['--session', '--dest', 'org.freedesktop.secrets', '--object-path', path]
  const { stdout } = await promisify(execFile)('gdbus', ['call', ...where, '--method', ...call], { env })
  return stdout
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
