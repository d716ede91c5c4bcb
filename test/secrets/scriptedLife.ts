import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { canaryOf, makeCanary, type Canary } from './canary.ts'
import { openKeyringSession } from './keyringSession.ts'
import { runProgram, startServe, type RunningProgram } from './program.ts'

/** Long enough that the first line of a run puts the log aside (`electron/cli/logFile.ts`). */
const FULL_LOG_BYTES = 5 * 1024 * 1024

/** A program that takes care of nothing, whose header stands in its log. */
export const LEAKY = new URL('./leakyRoot.ts', import.meta.url).pathname

/** How a console is started in a scripted life. */
export interface LifeOptions {
  root: string
  /** A program that starts each of the life's programs, with its arguments. */
  wrapper?: () => readonly string[]
}

/** What a console's life has left behind. */
export interface ScriptedLife {
  /** Home, data folder and temporary files of everything that ran. */
  folder: string
  /** Everything that was said on stdout and stderr. */
  said: string
  canaries: Canary[]
  /** Address of the bus that leads to the keychain. */
  bus: string
  close: () => Promise<void>
}

/** Plants secrets wherever one can come from, and does what goes on in a console's life: errors, refusals, a crash, a lock. */
export async function scriptedLife({ root, wrapper = () => [] }: LifeOptions): Promise<ScriptedLife> {
  const inEnvironment = makeCanary('env')
  const inKeychain = makeCanary('key')
  const fromSystem = canaryOf(randomBytes(32).toString('hex'))
  const session = await openKeyringSession()
  const fusion = await bareFusion()
  const running: RunningProgram[] = []
  async function close(): Promise<void> {
    for (const { child } of running) child.kill('SIGKILL')
    await fusion.close()
    await session.close()
  }
  const { folder } = session
  const env = { ...session.env, TEST_ASSETS: folder, PLANTED_KEY: inEnvironment.value }
  const onData = ['--data', join(folder, 'data')]
  const profile = writeFilesIn(folder, fusion.url)
  const run = (command: readonly string[], more: { input?: string; expected?: number } = {}) =>
    runProgram([...command, ...onData], { env, wrapper: wrapper(), ...more })
  const serve = async (): Promise<RunningProgram> => {
    const args = ['--profile', profile, '--log-level', 'debug', ...onData]
    const started = await startServe(args, { env, root, wrapper: wrapper() })
    running.push(started)
    return started
  }

  try {
    const set = ['credential', 'set', 'kept', '--profile', profile]
    const said = [await run(set, { input: `${inKeychain.value}\n` })]
    const first = await serve()
    await trouble(fusion, fromSystem.value)
    await until('the events in the journal', async () =>
      (await run(['tail', '--once', '--json'])).includes('was wrong'),
    )
    first.child.kill('SIGKILL')
    await first.ended

    await session.lock()
    const second = await serve()
    said.push(await run(['find']), await run(['tail', '--once', '--json']))
    for (const command of [['connections'], ['doctor'], ['credential', 'status']])
      said.push(await run([...command, '--json']))
    said.push(await run(['credential', 'set', 'kept'], { input: inKeychain.value, expected: 1 }))
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
    return {
      folder,
      said: [...said, first.said(), second.said()].join('\n'),
      canaries: [inEnvironment, inKeychain, fromSystem],
      bus: session.env['DBUS_SESSION_BUS_ADDRESS'] ?? '',
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Writes the profile, the page and a log that is full into a folder; answers the profile's place. */
function writeFilesIn(folder: string, url: string): string {
  const fusion = { system: 'fusion', url }
  const connections = [
    { ...fusion, id: 'env', credential: 'env:PLANTED_KEY' },
    { ...fusion, id: 'kept', credential: 'keychain' },
    { ...fusion, id: 'nobody', url: 'http://127.0.0.1:1', credential: 'env:PLANTED_KEY' },
  ]
  const profile = join(folder, 'profile.json')
  writeFileSync(profile, JSON.stringify({ name: 'planted', environment: 'sandbox', connections }))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Test</title>')
  mkdirSync(join(folder, 'data', 'logs'), { recursive: true })
  writeFileSync(join(folder, 'data', 'logs', 'console.log'), Buffer.alloc(FULL_LOG_BYTES, 'x\n'))
  return profile
}

/** Everything that a system can do wrong, with a secret of its own in it. */
async function trouble(fusion: BareFusion, secret: string): Promise<void> {
  await until('both connections', () => fusion.listeners() === 2)
  const intentId = `0x${'ab'.repeat(32)}`
  fusion.say('intent:new', { intentId, status: 'executing', preimage: secret, updatedAt: 1_760_000_000_000 })
  fusion.say('error', { message: `secret ${secret} was wrong` })
  fusion.sayText('2["intent:new",{"secret":')
  fusion.answer = (_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: 'unauthorized', secret }))
    return true
  }
  fusion.shutOut('unauthorized')
  await until('both to be out', () => fusion.openSockets() === 0)
}
