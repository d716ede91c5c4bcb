import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { SANDBOX_SYSTEMS, startSandbox, type Sandbox } from '../../electron/sandbox/index.ts'
import { until } from '../until.ts'
import { runningConsole, type RunningConsole } from './runningConsole.ts'

/** Longer than any of these tests: it is called off. */
const DROP = 'drop 300'

let dataDir: string
let sandbox: Sandbox
let running: RunningConsole

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  sandbox = await startSandbox({ seed: 7, rate: 1 })
  for (const [name, value] of Object.entries(sandbox.credentials)) vi.stubEnv(name, value)
  running = await runningConsole(dataDir, sandbox.connections)
})

afterAll(async () => {
  await running.close()
  await sandbox.close()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true })
})

/** The connections, each by its system. */
async function connections() {
  const { connections: all } = await running.client.connections.next({})
  return Object.fromEntries(all.map((connection) => [connection.system, connection]))
}

async function areLive(systems: readonly string[]): Promise<boolean> {
  const all = await connections()
  return systems.every((system) => all[system]?.presence.state === 'live')
}

test('all five systems stand in one list, and each intent explains itself', { timeout: 60_000 }, async () => {
  await until('all to be live', () => areLive(SANDBOX_SYSTEMS))
  for (const system of SANDBOX_SYSTEMS) {
    const query = `system:${system} not phase:unknown`
    const [found] = await until(`an intent of ${system}`, async () => {
      const some = await running.client.intents.find({ query, limit: 1 })
      return some.length > 0 ? some : null
    })
    const { intent } = await running.client.intents.get({ id: found?.id ?? '' })
    expect(intent).toMatchObject({ system, status: expect.stringMatching(/./) as unknown })
    expect(intent.timeline.length, system).toBeGreaterThan(0)
  }
  const mixed = await running.client.intents.find({ query: 'is:open', limit: 1_000 })
  expect(new Set(mixed.map(({ system }) => system)).size).toBe(SANDBOX_SYSTEMS.length)
})

test.each(SANDBOX_SYSTEMS)(
  'without %s the other four go on, and the screen says what is lost',
  { timeout: 60_000 },
  async (system) => {
    const others = SANDBOX_SYSTEMS.filter((other) => other !== system)
    await until('all to be live', () => areLive(SANDBOX_SYSTEMS))
    const before = await connections()
    sandbox.faults[system].apply(DROP)
    await running.client.connections.reconnect({ connection: before[system]?.id ?? '' })
    const lost = await until('the loss to be noticed', async () => {
      const presence = (await connections())[system]?.presence
      return presence === undefined || presence.state === 'live' ? null : presence
    })
    expect([lost.reason, lost.tip]).not.toContain('')
    expect(await areLive(others)).toBe(true)
    sandbox.faults[system].calm()
    await running.client.connections.reconnect({ connection: before[system]?.id ?? '' })
    await until('it to be back', () => areLive([system]))
    const after = await connections()
    for (const other of others) expect(after[other]?.gaps.length, other).toBe(before[other]?.gaps.length)
  },
)
