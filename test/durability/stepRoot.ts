import { writeSync } from 'node:fs'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { refundOf, stepOfAction } from '../../electron/store/testing/steps.ts'
import { tinyEvent, tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { connectionId, intentIdOf } from '../../shared/intent/ids.ts'
import { dieNow } from './offers.ts'

/**
 * Root of a ledger in a process of its own, made to be killed: `stepRoot.ts <data folder> <moment> [early]`. Records one
 * action after the other, each sent and accepted, and writes the place of every step once it is recorded, a line each. At
 * the moments `before commit` and `after commit` it dies by itself in a step; with `early` it writes before it records:
 * the break that the test must notice.
 */
const [dataDir = '', moment = '', how = ''] = process.argv.slice(2)

/** Steps of a run after which it dies. */
const STEPS_BEFORE_DEATH = 7

const INTENT = intentIdOf(connectionId('tiny'), { kind: 'tinyId', value: '0xa1' })

let isDying = false
const store = openLocalStore(
  { dataDir, mode: 'write' },
  {
    ...tinyRegister,
    vocabularyOf: (system) => {
      // The intent is written last, within the transaction of the step.
      if (isDying && moment === 'before commit') dieNow()
      return tinyRegister.vocabularyOf(system)
    },
  },
)
store.append([tinyEvent({ ids: ['0xa1'], status: 'waiting', atMs: 1 }, 1)])

let place = store.actionsHead().lastSeq
let stepCount = 0

function record(step: Parameters<typeof store.recordStep>[0]): void {
  stepCount += 1
  place += 1
  isDying = stepCount > STEPS_BEFORE_DEATH
  if (how === 'early') writeSync(1, `${place}\n`)
  store.recordStep(step)
  if (isDying && moment === 'after commit') dieNow()
  if (how !== 'early') writeSync(1, `${place}\n`)
}

for (;;) {
  const action = `action-${place}`
  record(stepOfAction(action, 'sending', { head: refundOf(action, { intent: INTENT }) }))
  record(stepOfAction(action, 'accepted'))
}
