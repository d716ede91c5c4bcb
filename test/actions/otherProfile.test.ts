import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { saveProfile } from '../../electron/engine/savedProfiles.ts'
import { until } from '../until.ts'
import { ActionBench } from './actionBench.ts'

/** Lets the moment between two profiles last as long as a test wants. */
const between = vi.hoisted(() => ({ isHeld: false, reached: false, leave: (): void => undefined }))

vi.mock('../../electron/engine/savedProfiles.ts', async (original) => ({
  ...(await original<object>()),
  rememberProfile: async () => {
    if (!between.isHeld) return
    await new Promise<void>((resolve) => {
      Object.assign(between, { leave: resolve, reached: true })
    })
  },
}))

let bench: ActionBench
let profilesDir: string

beforeEach(async () => {
  bench = await ActionBench.open()
  profilesDir = mkdtempSync(join(tmpdir(), 'profiles-'))
  await saveProfile(profilesDir, JSON.stringify({ name: 'open', environment: 'sandbox', connections: [] }))
})

afterEach(async () => {
  between.isHeld = false
  between.leave()
  await bench.close()
  rmSync(profilesDir, { recursive: true })
})

test('while an open profile is taken up in place of a locked one, nothing leaves over the connections of that', async () => {
  const client = await bench.start({ environment: 'production', readOnly: false, options: { profilesDir } })
  const locked = await bench.prepare()
  expect((await bench.give(locked)).why).toContain('locked')
  between.isHeld = true
  const switching = client.profiles.use({ name: 'open' })
  await until('the moment between', () => between.reached)
  // What was filled in before is forgotten, and what is filled in now meets no connection of the profile in use.
  await expect(bench.give(locked)).rejects.toMatchObject({ data: { code: 'closed' } })
  const now = await bench.prepare()
  expect(now.preconditions).toContainEqual(
    expect.objectContaining({ name: 'connection held here', state: 'unmet' }),
  )
  expect((await bench.give(now)).outcome).toBe('closed')
  between.leave()
  await switching
  expect(bench.refunds).toEqual([])
})
