import { describe, expect, it } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { trackBackground } from './background.ts'
import { createEmit } from './emission.ts'

const EVENT: RawEvent = {
  connection: connectionId('test'),
  system: 'fusion',
  kind: 'intent:new',
  origin: 'push',
  receivedAtMs: 0,
  payload: '{}',
  isSample: false,
}

describe('emission', () => {
  it('stops reading from the network while the journal is full, and goes on when there is room', async () => {
    const doors = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const answers = [...doors.map(({ promise }) => promise), undefined]
    const said: string[] = []
    const background = trackBackground(() => said.push('failed'))
    const emit = createEmit({ emit: () => answers.shift() }, background, {
      pause: () => said.push('pause'),
      resume: () => said.push('resume'),
    })
    emit(EVENT)
    emit(EVENT)
    emit(EVENT)
    expect(said).toEqual(['pause', 'pause'])
    doors[0]?.resolve(undefined)
    await doors[0]?.promise
    expect(said).toEqual(['pause', 'pause'])
    doors[1]?.resolve(undefined)
    await background.settled()
    expect(said).toEqual(['pause', 'pause', 'resume'])
  })

  it('tells a failure of the journal', async () => {
    const failures: string[] = []
    const background = trackBackground((name) => failures.push(name))
    const reading = { pause: () => undefined, resume: () => undefined }
    createEmit({ emit: () => Promise.reject(new Error('disk')) }, background, reading)(EVENT)
    await background.settled()
    expect(failures).toEqual(['Handing events to the journal'])
  })
})
