import { liveOf, type Desk } from '../desk.ts'
import { checkProfile } from '../profile.ts'
import { savedProfiles, saveProfile } from '../savedProfiles.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `profiles`. */
export function profileHandlers(os: ContractImplementer, desk: Desk) {
  return {
    list: os.profiles.list.handler(async () => {
      const { name, isDemo } = liveOf(desk).inUse()
      return { inUse: name, isDemo, saved: await savedProfiles(desk.profilesDir) }
    }),
    check: os.profiles.check.handler(({ input }) => ({ problems: checkProfile(input.text).problems })),
    save: os.profiles.save.handler(async ({ input }) => ({
      name: await saveProfile(desk.profilesDir, input.text),
    })),
    use: os.profiles.use.handler(async ({ input }) => {
      await liveOf(desk).useProfile(input.name)
      return { inUse: input.name }
    }),
  }
}
