import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Identity } from '../../electron/vault/identities.ts'
import { openKeyringSession, type KeyringSession } from '../secrets/keyringSession.ts'
import { isSkippedWithout } from '../secrets/needs.ts'
import { runProgram } from '../secrets/program.ts'
import { ID, profileText } from './actingConsole.ts'
import { ActionBench } from './actionBench.ts'

const isSkipped =
  process.platform !== 'linux' || isSkippedWithout('dbus-daemon', 'gnome-keyring-daemon', 'gdbus')

/** Many processes start, on a machine that may be busy, milliseconds. */
const BUSY_MS = 90_000

const ROOT = fileURLToPath(new URL('./commandLineRoot.ts', import.meta.url))

let session: KeyringSession
let other: ActionBench

beforeEach(async () => {
  session = await openKeyringSession()
  other = await ActionBench.open()
})

afterEach(async () => {
  await session.close()
  await other.close()
})

function run(args: string[], more: { input?: string; expected?: number } = {}): Promise<string> {
  const data = ['--data', join(session.folder, 'data')]
  return runProgram([...args, ...data], { env: session.env, root: ROOT, ...more })
}

async function created(name: string): Promise<Identity> {
  const said = await run(['identity', 'create', name, '--json'])
  return JSON.parse(/^\{.*\}$/m.exec(said)?.[0] ?? '') as Identity
}

describe.skipIf(isSkipped)('a second person, asked from the command line', { timeout: BUSY_MS }, () => {
  test('the approval of a request of one run is good in the next, and where no key lasts nothing is asked', async () => {
    const files = ['profile', 'request', 'approval'].map((name) => join(session.folder, `${name}.json`))
    const [profile = '', request = '', approval = ''] = files
    const order = { intent: ID, connection: 'fusion-test', reason: 'The customer asked.', confirm: 'beef42' }
    const act = (expected: number, ...more: string[]) =>
      run(['act', 'tinyRefund', '--input', JSON.stringify(order), '--profile', profile, ...more], {
        expected,
      })

    const stranger = { name: 'Bob', publicKey: 'ab'.repeat(32) }
    writeFileSync(
      profile,
      profileText(other.fusion.url, { approvals: { commands: ['tinyRefund'], approvers: [stranger] } }),
    )
    expect(await act(1, '--approval-request', request)).toContain('No identity is kept on this computer')
    expect(existsSync(request)).toBe(false)

    await created('Ada')
    const bob = await created('Bob')
    const approvals = { commands: ['tinyRefund'], approvers: [{ name: 'Bob', publicKey: bob.publicKey }] }
    writeFileSync(profile, profileText(other.fusion.url, { approvals }))
    await act(0, '--approval-request', request)
    await run(['approve', request, '--as', 'Bob', '--out', approval], { input: `${ID.slice(-6)}\n` })
    expect(await act(1)).toContain('--approval <file>')
    expect(other.refunds).toEqual([])
    await act(0, '--approval', approval)
    expect(other.refunds).toHaveLength(1)
  })
})
