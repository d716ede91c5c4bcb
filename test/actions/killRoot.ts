import type { Store } from '../../electron/store/store.ts'
import { dieNow } from '../durability/offers.ts'
import { withTinyCommands } from '../tinyRefund.ts'
import { actingConsole, ID } from './actingConsole.ts'
import type { KillPoint } from './killPoints.ts'

/**
 * Root of a console in a process of its own, made to be killed while it acts: `killRoot.ts <data folder> <url> <point>`. It fills
 * one refund in, confirms it, and dies at the point; at the other end it may also be killed from outside.
 */
const [dataDir = '', url = '', point] = process.argv.slice(2) as [string?, string?, KillPoint?]

function dieAt(reached: KillPoint): void {
  if (reached === point) dieNow()
}

withTinyCommands(async (send) => {
  dieAt('recorded, not sent')
  const sent = await send()
  dieAt('answered, not recorded')
  return sent
})

const deadly = (store: Store): Store => ({
  ...store,
  recordStep: async (step) => {
    if (step.kind === 'sending') dieAt('confirmed, not recorded')
    if (step.kind === 'read') dieAt('while reading')
    const record = await store.recordStep(step)
    if (step.kind === 'accepted') dieAt('outcome recorded')
    return record
  },
})

const { client } = await actingConsole({ dataDir, url, sketch: { wrap: deadly } })
const { draft, hash } = await client().actions.prepare({ command: 'tinyRefund', intent: ID })
await client().actions.give({ draft, hash, reason: 'Before the end', confirm: 'beef42' })
