import { expect, it } from 'vitest'
import { adviceOn, advised } from './advice.ts'
import { judgeByStatus } from './judgement.ts'

const answered = (httpStatus: number) => ({ httpStatus, text: '{}', atMs: 0 })

it.each([
  [307, 'right one into the profile'],
  [400, 'Mend the field'],
  [401, 'set it again'],
  [403, 'ask whoever runs the system'],
  [404, 'nothing under this id'],
  [409, 'read the intent again'],
  [410, 'begin anew'],
  [422, 'compare amount, address'],
  [429, 'wait, and give it once more'],
  [418, 'Nothing was taken'],
])('of HTTP %d it says what to do', (httpStatus, said) => {
  expect(adviceOn(answered(httpStatus))).toContain(said)
  expect(judgeByStatus(answered(httpStatus)).advice).toBe(adviceOn(answered(httpStatus)))
})

it('says how long the system asks to wait, where it does', () => {
  expect(adviceOn({ ...answered(429), retryAfterMs: 90_000 })).toMatch(/It asks to wait 1 min 30 s first\.$/)
  expect(adviceOn(answered(429))).not.toContain('asks to wait')
})

it.each([200, 303, 408, 500, 503])(
  'advises nothing by itself about HTTP %d, which refuses nothing',
  (httpStatus) => {
    const judged = judgeByStatus(answered(httpStatus))
    expect(advised(judged, answered(httpStatus), { [httpStatus]: 'Do this.' })).toBe(judged)
    expect(judged.advice).toBeNull()
  },
)

it('lets a system say more closely what its own status means', () => {
  const answer = { ...answered(409), retryAfterMs: 5_000 }
  const judged = advised(judgeByStatus(answer), answer, { 409: 'Look it up.' })
  expect(judged).toMatchObject({ outcome: 'refused', advice: 'Look it up. It asks to wait 5 s first.' })
  expect(advised(judgeByStatus(answered(410)), answered(410), { 409: 'Look it up.' }).advice).toContain(
    'anew',
  )
})
