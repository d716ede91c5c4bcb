import { Failure } from '../../../shared/api/failure.ts'
import { settingsSchema } from '../../../shared/api/settings.ts'
import { liveOf, type Desk } from '../desk.ts'
import { problemsOf, sentenceOf } from '../problems.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `settings`. */
export function settingsHandlers(os: ContractImplementer, desk: Desk) {
  return {
    get: os.settings.get.handler(() => desk.store.settings()),
    set: os.settings.set.handler(async ({ input: { changes } }) => {
      const { store } = liveOf(desk)
      // Every setting has a default, so a few changes make a whole that can be checked.
      const checked = settingsSchema.safeParse(changes)
      if (!checked.success) throw new Failure('usage', sentenceOf(problemsOf(checked.error)))
      const settings = await store.setSettings(changes)
      desk.feeds.changes.raise((await store.head()).version)
      return settings
    }),
  }
}
