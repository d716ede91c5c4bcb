import { expect, test } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { Command, Given, Judgement } from '../../upstreams/command.ts'
import { outcomeOf } from './outcome.ts'

const SIGNATURE = `0x${'c3d4'.repeat(16)}`

const given: Given = {
  intent: null,
  connection: { id: connectionId('test'), system: 'fusion', url: 'http://x', restUrl: null, settings: {} },
  nowMs: 0,
  input: {},
}

const hiding = { withoutCredential: (text: string) => text.replaceAll('my-key', '•'), secrets: ['cafe01'] }

function commandThat(judge: () => Judgement, isAnswerShownWhole = false): Command {
  return { judge, isAnswerShownWhole } as unknown as Command
}

const taken: Judgement = { outcome: 'accepted', why: 'Taken.', advice: null, facts: {}, follow: null }

function answered(text: string) {
  return { kind: 'answered', httpStatus: 200, text, atMs: 1 } as const
}

test('what never left is refused, and what may have left without an answer is unknown', () => {
  const command = commandThat(() => taken)
  const about = { command, given }
  expect(outcomeOf({ kind: 'not-sent', why: 'No route.' }, about, hiding)).toMatchObject({
    ...{ outcome: 'refused', why: 'No route.', httpStatus: null },
  })
  expect(outcomeOf({ kind: 'lost', why: 'Cut off with my-key.' }, about, hiding)).toMatchObject({
    ...{ outcome: 'unknown', why: 'Cut off with •.' },
  })
})

test('an answer that nobody can judge is unknown, since the request arrived', () => {
  const command = commandThat(() => {
    throw new Error('odd shape')
  })
  const outcome = outcomeOf(answered('{}'), { command, given }, hiding)
  expect(outcome).toMatchObject({ outcome: 'unknown', httpStatus: 200 })
  expect(outcome.why).toContain('odd shape')
})

test('what to do about an outcome that is not known depends on whether a reading can tell', () => {
  const lost = { kind: 'lost', why: 'Cut off.' } as const
  const adviceFor = (command: Partial<Command>) =>
    outcomeOf(lost, { command: { ...commandThat(() => taken), ...command }, given }, hiding).advice
  expect(adviceFor({ effect: 'reads' })).toContain('can be asked again')
  expect(adviceFor({ effect: 'changes', trace: null })).toContain('no reading can tell')
  expect(adviceFor({ effect: 'changes', trace: {} as Command['trace'] })).toContain('the console reads on')
  const judged = commandThat(() => ({ ...taken, outcome: 'unknown', advice: 'Ask there.' }))
  expect(outcomeOf(answered('{}'), { command: judged, given }, hiding).advice).toBe('Ask there.')
})

test('what is shown whole is shown once and kept redacted, without credential and secrets anywhere', () => {
  const text = JSON.stringify({ signature: SIGNATURE, note: 'my-key and CAFE01' })
  const judged = { ...taken, why: 'my-key', facts: { session: 's-1', signature: SIGNATURE } }
  const outcome = outcomeOf(answered(text), { command: commandThat(() => judged, true), given }, hiding)
  expect(outcome.shown).toMatchObject({ signature: SIGNATURE })
  expect(JSON.stringify(outcome.kept)).not.toContain('c3d4c3d4')
  expect(JSON.stringify(outcome)).not.toMatch(/my-key|cafe01/i)
  expect(outcome.facts['session']).toBe('s-1')
  expect(outcome.facts['signature']).toMatch(/^redacted:/)
  const plain = outcomeOf(answered(text), { command: commandThat(() => judged), given }, hiding)
  expect(plain.shown).toEqual(plain.kept)
})
