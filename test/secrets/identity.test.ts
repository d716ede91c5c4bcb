import { createPrivateKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readApproval } from '../../electron/engine/actions/approvalFiles.ts'
import { approvalRequestText } from '../../electron/engine/actions/approvals.ts'
import { IDENTITY_ACCOUNT, type Identity } from '../../electron/vault/identities.ts'
import { startKeytarChild } from '../../electron/vault/keytarChild.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import { canaryOf, filesWith, formsIn, type Canary } from './canary.ts'
import { openKeyringSession, type KeyringSession } from './keyringSession.ts'
import { isSkippedWithout } from './needs.ts'
import { runProgram } from './program.ts'

const isSkipped =
  process.platform !== 'linux' || isSkippedWithout('dbus-daemon', 'gnome-keyring-daemon', 'gdbus')

/** Many processes start in each test, on a machine that may be busy, milliseconds. */
const BUSY_MS = 90_000

const SUBJECT = `0x${'ab'.repeat(32)}`

let session: KeyringSession | null = null

afterEach(async () => {
  await session?.close()
  session = null
})

/** A keyring with a command line beside it. */
async function scene(isPlain = false) {
  session = await openKeyringSession(isPlain)
  const { folder, env } = session
  const said: string[] = []
  const run = async (args: string[], more: { input?: string; expected?: number } = {}): Promise<string> => {
    const text = await runProgram([...args, '--data', join(folder, 'data')], { env, ...more })
    said.push(text)
    return text
  }
  const create = async (name: string, ...more: string[]): Promise<Identity> =>
    identityIn(await run(['identity', 'create', name, '--json', ...more]))
  return { folder, env, run, create, said }
}

function identityIn(output: string): Identity {
  return JSON.parse(/^\{.*\}$/m.exec(output)?.[0] ?? '') as Identity
}

/** The private keys that are in the keychain, as it gives them to its one reader, in every form that is looked for. */
async function keysIn(env: NodeJS.ProcessEnv): Promise<Canary[]> {
  const child = startKeytarChild({ url: new URL('../../electron/keychain.ts', import.meta.url), env })
  try {
    const kept = await child.ask({ verb: 'get', account: IDENTITY_ACCOUNT })
    return (JSON.parse(kept ?? '[]') as { privateKey: string }[]).flatMap(({ privateKey }) =>
      formsOf(privateKey),
    )
  } finally {
    child.close()
  }
}

function formsOf(privateKey: string): Canary[] {
  const seed = Buffer.from(privateKey, 'hex')
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const pem = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
    format: 'pem',
    type: 'pkcs8',
  })
  const inPem = pem.toString().split('\n')[1] ?? ''
  const needles = [
    { form: 'bytes', bytes: seed },
    { form: 'base64 of its bytes', bytes: Buffer.from(seed.toString('base64').slice(0, 42)) },
    { form: 'base64url of its bytes', bytes: Buffer.from(seed.toString('base64url').slice(0, 42)) },
    { form: 'PEM', bytes: Buffer.from(inPem.slice(24)) },
  ]
  return [canaryOf(privateKey), { value: privateKey, needles }]
}

/** A request of somebody, saved in the folder. */
function savedRequest(folder: string, requestedBy: Identity, nowMs = Date.now()): string {
  const file = join(folder, `request-${requestedBy.name}-${String(nowMs)}.json`)
  const request = {
    method: 'POST',
    url: 'http://127.0.0.1:1/refund',
    body: '{}',
    secretHeaders: [],
    secrets: [],
  } as const
  const canonical = {
    system: 'fusion',
    connection: connectionId('fusion-test'),
    request,
    subject: SUBJECT,
    intent: null,
    basis: { status: 'executing' },
    command: { name: 'prepareRefund', words: 'Prepare refund', expected: 'A refund.', warning: '' },
    ledger: 1,
    minutes: 30,
  } as const
  writeFileSync(file, approvalRequestText({ canonical, requestedBy, nowMs }))
  return file
}

describe.skipIf(isSkipped)('the identity of an operator', { timeout: BUSY_MS }, () => {
  test('S1: made, shown and signed with, its private key is nowhere but in the keychain', async () => {
    const { folder, env, run, create, said } = await scene()
    const ada = await create('Ada')
    const desk = await create('Desk')
    expect(await run(['identity', 'show'])).toMatch(
      new RegExp(`${ada.publicKey} +Ada\n${desk.publicKey} +Desk`),
    )
    const out = join(folder, 'approval.json')
    const request = savedRequest(folder, ada)
    const shown = await run(['approve', request, '--as', 'Desk', '--out', out], {
      input: `${SUBJECT.slice(-6)}\n`,
    })
    expect(shown).toContain('POST http://127.0.0.1:1/refund')
    expect(shown).toContain('a second confirmation only')
    expect(readApproval(readFileSync(out, 'utf8'))).toMatchObject({
      requester: ada.publicKey,
      approver: desk,
    })
    const keys = await keysIn(env)
    expect(keys).toHaveLength(4)
    expect([...filesWith([folder], keys), ...formsIn(Buffer.from(said.join('\n')), keys)]).toEqual([])
  })

  test('control: in a keyring without a password the same search finds the key on the disk', async () => {
    const { folder, env, run, create } = await scene(true)
    expect(await run(['identity', 'create', 'Ada'], { expected: 1 })).toContain('without a password')
    await create('Ada', '--accept', 'unencrypted')
    expect(filesWith([folder], await keysIn(env)).join()).toMatch(/\.keyring: .* as utf8/)
  })

  test('M7: who asked cannot approve, what was altered or has expired is refused, and a wrong end approves nothing', async () => {
    const { folder, run, create } = await scene()
    const ada = await create('Ada')
    const out = join(folder, 'approval.json')
    const refused = async (
      file: string,
      more: { input?: string; args?: string[]; expected?: number } = {},
    ) => {
      const { input = `${SUBJECT.slice(-6)}\n`, args = [], expected = 1 } = more
      const told = await run(['approve', file, '--out', out, ...args], { input, expected })
      expect(() => readFileSync(out)).toThrow('ENOENT')
      return told
    }
    expect(await refused(savedRequest(folder, ada))).toContain('You have asked for this yourself')
    const eve = { name: 'Eve', publicKey: 'e'.repeat(64) }
    const request = savedRequest(folder, eve)
    expect(await refused(request, { input: 'abcdef\n' })).toContain('Nothing was approved')
    expect(await refused(request, { input: '' })).toContain('Nothing was approved')
    expect(await refused(request, { args: ['--as', 'Nobody'], expected: 3 })).toContain('There are: Ada.')
    const altered = (change: (text: string) => string): string => {
      const file = join(folder, 'altered.json')
      writeFileSync(file, change(readFileSync(request, 'utf8')))
      return file
    }
    for (const [was, is] of [
      ['/refund', '/all-of-it'],
      ['"bodyText": "{}"', '"bodyText": "{\\"id\\":1}"'],
      ['"words": "Prepare refund"', '"words": "Read a balance"'],
    ] as const) {
      expect(await refused(altered((text) => text.replace(was, is)))).toContain('This request was altered')
    }
    const longer = altered((text) => text.replace(/("expiresAtMs": \d)/, '$10'))
    expect(await refused(longer)).toContain('longer than the 30 minutes')
    expect(await refused(savedRequest(folder, eve, Date.now() - 3_600_000))).toContain('has expired')
    await run(['approve', request, '--out', out], { input: `${SUBJECT.slice(-6).toUpperCase()}\n` })
    const text = readFileSync(out, 'utf8')
    expect(
      await run(['approve', request, '--out', out], { input: `${SUBJECT.slice(-6)}\n`, expected: 2 }),
    ).toContain('Give the name of a file that is not there yet.')
    expect(readFileSync(out, 'utf8')).toBe(text)
  })

  test('S4: with the keyring locked nothing is made, shown or signed', async () => {
    const { folder, run, create } = await scene()
    await create('Ada')
    const request = savedRequest(folder, { name: 'Eve', publicKey: 'e'.repeat(64) })
    await session?.lock()
    for (const args of [['create', 'Other'], ['show']]) {
      expect(await run(['identity', ...args], { expected: 1 })).toMatch(/locked/)
    }
    const approve = ['approve', request, '--out', join(folder, 'approval.json')]
    expect(await run(approve, { input: `${SUBJECT.slice(-6)}\n`, expected: 1 })).toMatch(/locked/)
  })
})
