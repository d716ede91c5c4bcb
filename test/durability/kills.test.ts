import { afterEach, expect, test } from 'vitest'
import { isSkippedWithout } from '../secrets/needs.ts'
import { killingGround, type KillingGround, type Moment } from './kills.ts'

/** A start and an end of two processes each, on a machine that does other things too. */
const LIMIT_MS = 120_000

let ground: KillingGround | null = null

afterEach(async () => {
  await ground?.close()
  ground = null
})

async function killed(moments: readonly Moment[]): Promise<void> {
  ground = await killingGround()
  for (const moment of moments) {
    const { lost, doubled, problems, shownCount } = await ground.kill(moment)
    expect({ moment, lost, doubled, problems }).toEqual({ moment, lost: [], doubled: [], problems: [] })
    expect(shownCount).toBeGreaterThan(0)
  }
}

test(
  'nothing shown is lost or doubled when the console is killed, before a commit, after it, and anywhere',
  async () => {
    await killed([40, 'before commit', 'after commit', 170])
  },
  LIMIT_MS,
)

test.skipIf(isSkippedWithout('strace'))(
  'nor when it is killed in the middle of a checkpoint',
  async () => {
    await killed(['during checkpoint'])
  },
  LIMIT_MS,
)

test(
  'the control: a console that shows events before they are on disk is caught',
  async () => {
    ground = await killingGround('early')
    const { lost } = await ground.kill('before commit')
    expect(lost.length).toBeGreaterThan(0)
  },
  LIMIT_MS,
)
