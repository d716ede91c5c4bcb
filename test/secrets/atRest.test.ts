import { afterEach, describe, expect, test } from 'vitest'
import { filesWith, formsIn } from './canary.ts'
import { isSkippedWithout } from './needs.ts'
import { PROGRAM } from './program.ts'
import { LEAKY, scriptedLife, type ScriptedLife } from './scriptedLife.ts'

let life: ScriptedLife | null = null

afterEach(async () => {
  await life?.close()
  life = null
})

/** Where a planted secret is found after a life. */
async function foundAfterALife(root: string): Promise<string[]> {
  life = await scriptedLife({ root })
  const { folder, said, canaries } = life
  return [...filesWith([folder], canaries), ...formsIn(Buffer.from(said), canaries)]
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
