import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IntentSummary } from '../../shared/api/row.ts'
import { bareFlashnet, type BareFlashnet } from '../bareFlashnet.ts'
import { CHAIN_ID, flashnetWallet } from '../flashnetWallet.ts'
import { openBench, type Bench } from '../hosts/commandLine.ts'

/** Starting a program a few times takes seconds on a busy machine, milliseconds. */
const LIMIT_MS = 60_000

const KEY = '7c'.repeat(32)
const SUBMISSION = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'

let bench: Bench
let gateway: BareFlashnet

beforeEach(async () => {
  bench = openBench()
  gateway = await bareFlashnet()
  bench.env['ACTOR_KEY'] = KEY
})

afterEach(async () => {
  await bench.clear()
  await gateway.close()
})

test(
  'what a submission brought about is read before the command ends, so that it can be shown at once',
  async () => {
    const intentId = '5e'.repeat(32)
    const at = new Date().toISOString()
    const said = { submissionId: SUBMISSION, intentId, status: 'ACCEPTED', createdAt: at, updatedAt: at }
    gateway.carryOut = () => {
      gateway.submissions.set(SUBMISSION, JSON.stringify(said))
      return [200, JSON.stringify({ submissionId: SUBMISSION, intentId, status: 'accepted' })]
    }
    const entry = { id: 'flash', system: 'flashnet', url: gateway.url, credential: 'env:ACTOR_KEY' }
    const connections = [{ ...entry, settings: { chainId: CHAIN_ID } }]
    const profile = join(bench.folder, 'profile.json')
    writeFileSync(profile, JSON.stringify({ name: 'test', environment: 'staging', connections }))
    const signed = flashnetWallet(KEY).deposit(Date.now() + 900_000, `0x${'a1'.repeat(20)}`)
    const input = JSON.stringify({ connection: 'flash', ...signed, reason: 'Case 4711' })
    const folder = ['--json', '--data', join(bench.folder, 'data')]
    const given = await bench.run(
      'act',
      'submitSignedIntent',
      '--input',
      input,
      '--profile',
      profile,
      ...folder,
    )
    expect(given).toMatchObject({ code: 0, stdout: expect.stringContaining('"accepted"') as string })
    expect(gateway.commands).toHaveLength(1)
    const shown = await bench.run('show', SUBMISSION, ...folder)
    expect((JSON.parse(shown.stdout) as IntentSummary).status).toBe('ACCEPTED')
  },
  LIMIT_MS,
)
