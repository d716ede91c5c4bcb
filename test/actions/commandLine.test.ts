import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActAnswer } from '../../shared/api/action.ts'
import { openBench, type Bench } from '../hosts/commandLine.ts'
import { until } from '../until.ts'
import { ID, profileText, type ConsoleSketch } from './actingConsole.ts'
import { ActionBench } from './actionBench.ts'

/** Starting a program a few times takes seconds on a busy machine, milliseconds. */
const LIMIT_MS = 120_000

const REASON = 'The customer asked.'

let bench: Bench
let other: ActionBench

beforeEach(async () => {
  bench = openBench(new URL('./commandLineRoot.ts', import.meta.url))
  other = await ActionBench.open()
  useProfile({})
})

afterEach(async () => {
  await bench.clear()
  await other.close()
})

function useProfile(sketch: ConsoleSketch): void {
  writeFileSync(join(bench.folder, 'profile.json'), profileText(other.fusion.url, sketch))
}

function folderArgs(): string[] {
  return ['--profile', join(bench.folder, 'profile.json'), '--data', join(bench.folder, 'data')]
}

async function act(command: string, input: object, ...more: string[]) {
  const args = ['act', command, '--input', JSON.stringify(input), '--json', ...folderArgs(), ...more]
  const { code, stdout, stderr } = await bench.run(...args)
  return { code, stderr, answer: JSON.parse(stdout) as ActAnswer & { code?: string } }
}

test(
  'a rehearsal prints the very bytes that are sent afterwards, and every guard stands on the way',
  async () => {
    const order = { intent: ID, connection: 'fusion-test', note: 'hello' }
    // Nothing is known of the intent yet: it is read first.
    const dry = await act('tinyRefund', order, '--dry-run')
    expect(dry).toMatchObject({ code: 0, answer: { outcome: 'dry-run', response: null } })
    expect(dry.answer.request).toMatchObject({ method: 'POST', url: `${other.fusion.url}/tiny/refund` })
    expect(dry.answer.why).toContain('beef42')

    const bare = await act('tinyRefund', order)
    expect(bare).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(
      bare.answer.preconditions.filter(({ state }) => state === 'unmet').map(({ name }) => name),
    ).toEqual(['reason given', 'confirmation typed'])
    const shut = await act('tinyRefund', { ...order, reason: REASON, confirm: 'beef42' }, '--read-only')
    expect(shut).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(shut.answer.why).toContain('--read-only')
    expect(other.refunds).toEqual([])

    const given = await act('tinyRefund', { ...order, reason: REASON, confirm: 'beef42' })
    expect(given).toMatchObject({ code: 0, answer: { outcome: 'accepted', response: { ok: true } } })
    expect(other.refunds).toEqual([dry.answer.request?.bodyText])

    // It was taken: the word for all that could not be checked sends it no second time, its name does.
    const same = { ...order, reason: REASON, confirm: 'beef42' }
    const blanket = await act('tinyRefund', { ...same, acknowledge: 'unknown' })
    expect(blanket).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(blanket.answer.why).toContain('"acknowledge": ["not done before"]')
    expect(other.refunds).toHaveLength(1)
    expect(await act('tinyRefund', { ...same, acknowledge: ['not done before'] })).toMatchObject({ code: 0 })
    expect(other.refunds).toHaveLength(2)

    const wrong = await act('tinyRefund', { ...order, colour: 'red' }, '--dry-run')
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('colour')])
  },
  LIMIT_MS,
)

test(
  'one whose outcome is unknown says so, and the next attempt names it',
  async () => {
    other.answering = (response) => response.socket?.destroy()
    const order = { intent: ID, connection: 'fusion-test', reason: REASON, confirm: 'beef42' }
    const lost = await act('tinyRefund', order)
    expect(lost).toMatchObject({ code: 1, answer: { outcome: 'unknown' } })
    expect(lost.answer.advice).toContain('Do not give it again')
    const again = await act('tinyRefund', order)
    expect(again).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(again.answer.why).toContain(lost.answer.actionId)
    expect(other.refunds).toHaveLength(1)

    const settle = (...more: string[]) =>
      bench.run('settle', lost.answer.actionId, '--carried-out', 'no', ...more, ...folderArgs())
    expect(await settle()).toMatchObject({ code: 2, stderr: expect.stringContaining('--reason') as string })
    const evidence = ['--reason', 'Its log has no such request.']
    expect(await settle(...evidence)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('not carried out') as string,
    })
    expect(await settle(...evidence)).toMatchObject({ code: 1 })
    other.answering = (response) => response.end('{"ok":true}')
    expect(await act('tinyRefund', order)).toMatchObject({ code: 0, answer: { outcome: 'accepted' } })
    expect(other.refunds).toHaveLength(2)
  },
  LIMIT_MS,
)

test(
  'one that is told to stop while it waits for an answer says that its outcome is unknown',
  async () => {
    other.answering = () => undefined
    const order = { intent: ID, connection: 'fusion-test', reason: REASON, confirm: 'beef42' }
    const args = ['act', 'tinyRefund', '--input', JSON.stringify(order), '--json', ...folderArgs()]
    const waiting = bench.start(...args)
    await until('the request arrived', () => other.refunds.length > 0)
    waiting.child.kill('SIGTERM')
    const { code, stdout } = await waiting.ended
    const told = JSON.parse(stdout) as ActAnswer
    expect([code, told.outcome]).toEqual([1, 'unknown'])
    const again = await act('tinyRefund', order)
    expect(again).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(again.answer.why).toContain(told.actionId)
    expect(other.refunds).toHaveLength(1)

    // Before anything is sent there is nothing to tell but that.
    other.fusion.isMute = true
    const early = bench.start(...args)
    const reads = other.fusion.reads.length
    await until('it reads', () => other.fusion.reads.length > reads)
    early.child.kill('SIGINT')
    expect(await early.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('told to stop') as string,
    })
    expect(other.refunds).toHaveLength(1)
  },
  LIMIT_MS,
)

test(
  'beside a running console nothing is given, and a rehearsal says what it could not check',
  async () => {
    await bench.serve(...folderArgs())
    const order = { intent: ID, connection: 'fusion-test', reason: REASON, confirm: 'beef42' }
    expect(await act('tinyRefund', order)).toMatchObject({ code: 3, answer: { code: 'held' } })
    const dry = await act('tinyRefund', order, '--dry-run')
    expect(dry).toMatchObject({ code: 0, answer: { outcome: 'dry-run' } })
    const unknown = dry.answer.preconditions
      .filter(({ state }) => state === 'unknown')
      .map(({ name }) => name)
    expect(unknown).toEqual(['connection held here', 'connection live', 'read just now'])
    expect(other.refunds).toEqual([])
  },
  LIMIT_MS,
)

test(
  'production starts locked and is unlocked for one command, and a second person is asked by a file',
  async () => {
    useProfile({ environment: 'production', readOnly: false })
    const order = { intent: ID, connection: 'fusion-test', reason: REASON, confirm: 'beef42' }
    const locked = await act('tinyRefund', order)
    expect(locked).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(locked.answer.why).toContain('locked')
    expect(locked.answer.advice).toContain('--unlock <reason>')
    const dry = await act('tinyRefund', order, '--dry-run')
    expect(dry.answer.why).toContain('--unlock <reason>')
    const unlocked = await act('tinyRefund', order, '--dry-run', '--unlock', 'Case 4711')
    expect(unlocked.answer.why).toContain('It would be sent')
    expect(await act('tinyRefund', order, '--unlock', 'Case 4711')).toMatchObject({ code: 0 })
    expect(other.refunds).toHaveLength(1)

    const approver = { name: 'Second', publicKey: 'ab'.repeat(32) }
    useProfile({ approvals: { commands: ['tinyRefund'], approvers: [approver] } })
    const file = join(bench.folder, 'approval.json')
    const alone = await act('tinyRefund', order)
    expect(alone).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(alone.answer.advice).toContain('--approval <file>')
    writeFileSync(file, 'no approval')
    const once = { ...order, acknowledge: ['not done before'] }
    const wrong = await act('tinyRefund', once, '--approval', file)
    expect(wrong).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(wrong.answer.why).toContain('no approval of this console')
    const twice = await act('tinyRefund', { ...order, approval: 'text' }, '--approval', file)
    expect(twice).toMatchObject({ code: 2, answer: { code: 'usage' } })
    bench.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere'
    // No keychain is reached from here, so the key that asks would be gone before the approval comes.
    const request = join(bench.folder, 'request.json')
    const asked = await act('tinyRefund', order, '--approval-request', request)
    expect(asked).toMatchObject({ code: 1, answer: { code: 'closed' } })
    expect(asked.stderr).toMatch(/No identity is kept .* identity create/)
    expect(existsSync(request)).toBe(false)
    expect(other.refunds).toHaveLength(1)
  },
  LIMIT_MS,
)
