import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { canaryOf, filesWith, formsIn, makeCanary } from './canary.ts'
import { openKeyringSession } from './keyringSession.ts'
import { isSkippedWithout } from './needs.ts'
import { PROGRAM, runProgram, startServe, type RunningProgram } from './program.ts'

/** Long enough that the first line of a run puts the log aside (`electron/cli/logFile.ts`). */
const FULL_LOG_BYTES = 5 * 1024 * 1024

const LEAKY = new URL('./leakyRoot.ts', import.meta.url).pathname

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Plants secrets wherever one can come from, and does what goes on in a console's life. Answers where any was found. */
async function foundAfterALife(root: string): Promise<string[]> {
  const inEnvironment = makeCanary('env')
  const inKeychain = makeCanary('key')
  const fromSystem = canaryOf(randomBytes(32).toString('hex'))
  const session = await openKeyringSession()
  closing.push(() => session.close())
  const fusion = await bareFusion()
  closing.push(() => fusion.close())
  const { folder } = session
  const env = { ...session.env, TEST_ASSETS: folder, PLANTED_KEY: inEnvironment.value }
  const dataDir = join(folder, 'data')
  const onData = ['--data', dataDir]
  const profile = join(folder, 'profile.json')
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Test</title>')
  writeFileSync(profile, JSON.stringify(profileAt(fusion.url)))
  mkdirSync(join(dataDir, 'logs'), { recursive: true })
  writeFileSync(join(dataDir, 'logs', 'console.log'), Buffer.alloc(FULL_LOG_BYTES, 'x\n'))

  const said = [
    await runProgram(['credential', 'set', 'kept', '--profile', profile, ...onData], {
      env,
      input: `${inKeychain.value}\n`,
    }),
  ]
  const serve = ['--profile', profile, '--log-level', 'debug', ...onData]
  const first = await startServe(serve, { env, root })
  closing.push(() => first.child.kill('SIGKILL'))
  await trouble(fusion, fromSystem.value)
  await untilJournaled(env, onData)
  first.child.kill('SIGKILL')
  await first.ended

  await session.lock()
  const second = await startServe(serve, { env, root })
  closing.push(() => second.child.kill('SIGKILL'))
  for (const command of [
    ['find'],
    ['tail', '--once', '--json'],
    ['connections', '--json'],
    ['doctor', '--json'],
    ['credential', 'status', '--json'],
  ]) {
    said.push(await runProgram([...command, ...onData], { env }))
  }
  const refused = ['credential', 'set', 'kept', ...onData]
  said.push(await runProgram(refused, { env, input: inKeychain.value, expected: 1 }))
  await stop(second)
  said.push(first.said(), second.said())

  const canaries = [inEnvironment, inKeychain, fromSystem]
  return [...filesWith([folder], canaries), ...formsIn(Buffer.from(said.join('\n')), canaries)]
}

function profileAt(url: string): object {
  const fusion = { system: 'fusion', url }
  return {
    name: 'planted',
    environment: 'sandbox',
    connections: [
      { ...fusion, id: 'env', credential: 'env:PLANTED_KEY' },
      { ...fusion, id: 'kept', credential: 'keychain' },
      { ...fusion, id: 'nobody', url: 'http://127.0.0.1:1', credential: 'env:PLANTED_KEY' },
    ],
  }
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

/** Waits until the journal holds what the system said last. */
async function untilJournaled(env: NodeJS.ProcessEnv, onData: readonly string[]): Promise<void> {
  await until('the events in the journal', async () =>
    (await runProgram(['tail', '--once', '--json', ...onData], { env })).includes('was wrong'),
  )
}

async function stop(program: RunningProgram): Promise<void> {
  program.child.kill('SIGTERM')
  expect(await program.ended).toBe(0)
}

describe.skipIf(
  process.platform !== 'linux' || isSkippedWithout('dbus-daemon', 'gnome-keyring-daemon', 'gdbus'),
)('S1: secrets at rest', { timeout: 90_000 }, () => {
  test('after errors, refusals, a crash and a rotation of the log, no planted secret is on the disk or was said', async () => {
    expect(await foundAfterALife(PROGRAM)).toEqual([])
  })

  test('control: a header that is logged once is found', async () => {
    const found = await foundAfterALife(LEAKY)
    expect(found.join()).toMatch(/console\.log.*: env.* as base64/)
  })
})
