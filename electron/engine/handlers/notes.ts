import { liveOf, type Desk } from '../desk.ts'
import type { ContractImplementer } from './implementer.ts'

/** Answers `notes`. Each is an event of the journal, on disk when the call answers. */
export function noteHandlers(os: ContractImplementer, desk: Desk) {
  const deeds = () => liveOf(desk).deeds
  return {
    add: os.notes.add.handler(({ input }) => deeds().note(input)),
    tag: os.notes.tag.handler(({ input }) => deeds().tag(input)),
    silence: os.notes.silence.handler(({ input }) => deeds().silence(input)),
  }
}
