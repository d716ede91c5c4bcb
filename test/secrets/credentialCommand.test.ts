import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { CredentialStatus } from '../../shared/api/credential.ts'
import { bareFusion } from '../bareFusion.ts'
import { connectPage } from '../hosts/pageClient.ts'
import { until } from '../until.ts'
import { makeCanary } from './canary.ts'
import { openKeyringSession } from './keyringSession.ts'
import { isSkippedWithout } from './needs.ts'
import { PROGRAM, runProgram, startServe } from './program.ts'

const isSkipped =
  process.platform !== 'linux' || isSkippedWithout('dbus-daemon', 'gnome-keyring-daemon', 'gdbus', 'script')

/** Many processes start in each test, on a machine that may be busy, milliseconds. */
const BUSY_MS = 90_000

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A keyring, and a profile with one connection whose credential is in it. */
async function scene() {
  const session = await openKeyringSession()
  closing.push(() => session.close())
  const fusion = await bareFusion()
  closing.push(() => fusion.close())
  const { folder, env } = session
  const profile = join(folder, 'profile.json')
  const connection = { id: 'kept', system: 'fusion', url: fusion.url, credential: 'keychain' }
  const other = { ...connection, id: 'other', credential: 'env:OTHER_KEY' }
  const text = { name: 'test', environment: 'sandbox', connections: [connection, other] }
  writeFileSync(profile, JSON.stringify(text))
  writeFileSync(join(folder, 'index.html'), '')
  env['TEST_ASSETS'] = folder
  const where = ['--data', join(folder, 'data'), '--profile', profile]
  const credential = (args: string[], more: { input?: string; expected?: number } = {}) =>
    runProgram(['credential', ...args, ...where], { env, ...more })
  return { session, credential, where, env }
}

function statusIn(output: string): CredentialStatus {
  return JSON.parse(output.slice(output.indexOf('{'))) as CredentialStatus
}

describe.skipIf(isSkipped)('intent-console credential', { timeout: BUSY_MS }, () => {
  test('sets from stdin, says whether it is there, clears; and never says the value', async () => {
    const { credential } = await scene()
    const { value } = makeCanary()
    expect(statusIn(await credential(['status', 'kept', '--json'])).state).toBe('missing')
    const outputs = [
      await credential(['set', 'kept', '--json'], { input: `${value}\n` }),
      await credential(['status', '--json']),
      await credential(['status']),
    ]
    expect(statusIn(outputs[0] ?? '')).toMatchObject({ state: 'present', heldIn: 'keychain' })
    expect(outputs[2]).toMatch(/kept +keychain +present .*other +env +missing .*GNOME Keyring/s)
    expect(outputs.join()).not.toContain(value)
    expect(statusIn(await credential(['clear', 'kept', '--json'])).state).toBe('missing')
  })

  test.each([
    ['a connection that the profile does not have', ['nobody', 'hush', 3]],
    ['one whose credential is in the environment', ['other', 'hush', 2]],
    ['an empty value', ['kept', '', 2]],
    ['a value with a NUL', ['kept', 'hush\0hush', 2]],
  ] as const)('%s is refused in one sentence', async (_, [connection, input, expected]) => {
    const { credential } = await scene()
    const said = await credential(['set', connection], { input, expected })
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(said).not.toContain('hush')
    expect(statusIn(await credential(['status', 'kept', '--json'])).state).toBe('missing')
  })

  test('what is typed at a terminal is not shown', async () => {
    const { credential, where, env } = await scene()
    const command = [process.execPath, PROGRAM, 'credential', 'set', 'kept', ...where].join(' ')
    const terminal = spawn('script', ['-qec', command, '/dev/null'], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let shown = ''
    terminal.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
    await until('the question', () => shown.includes('not shown'))
    terminal.stdin.write('typed-by-hand\r')
    expect(await once(terminal, 'exit')).toEqual([0, null])
    expect(shown).toContain('present')
    expect(shown).not.toContain('typed-by-hand')
    expect(statusIn(await credential(['status', 'kept', '--json'])).state).toBe('present')
  })

  test('a console beside it knows at once; and with the keyring stopped under its question it still ends', async () => {
    const { session, credential, where, env } = await scene()
    await credential(['set', 'kept'], { input: 'value' })
    const serve = await startServe(where, { env })
    closing.push(() => serve.child.kill('SIGKILL'))
    const { client } = await connectPage(/^ready (\S+)$/m.exec(serve.said())?.[1] ?? '')
    const stateOf = async () => (await client.credentials.status({})).connections[0]?.state
    expect(await stateOf()).toBe('present')
    await credential(['clear', 'kept'])
    expect(await stateOf()).toBe('missing')
    await credential(['set', 'kept'], { input: 'another' })
    expect(await stateOf()).toBe('present')
    session.freeze()
    const asked = stateOf().catch(() => 'closed')
    serve.child.kill('SIGTERM')
    expect(await serve.ended, serve.said()).toBe(0)
    await asked
    session.thaw()
  })
})
