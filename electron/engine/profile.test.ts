import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../shared/api/failure.ts'
import { checkProfile, readProfile } from './profile.ts'
import { profileJsonSchema, PROFILE_SCHEMA_FILE } from './profileSchema.ts'

const good = {
  name: 'staging',
  environment: 'staging',
  connections: [{ id: 'fusion-test', system: 'fusion', url: 'http://127.0.0.1:3001', credential: 'none' }],
}

const APPROVER = { name: 'Bob', publicKey: 'B0'.repeat(32) }

function connectionWith(more: object) {
  return { ...good, connections: [{ ...good.connections[0], ...more }] }
}

test('a good profile is read as written', () => {
  expect(readProfile(JSON.stringify(good), 'p.json')).toEqual(good)
})

test('a profile may ask for a second person', () => {
  const approvals = { commands: ['prepareRefund', 'submitClawback'], approvers: [APPROVER], minutes: 10 }
  expect(readProfile(JSON.stringify({ ...good, approvals }), 'p.json')).toEqual({ ...good, approvals })
})

describe('every problem is named with its place', () => {
  const cases: [string, object, string, RegExp][] = [
    ['an unknown key', { ...good, colour: 'red' }, 'colour', /no key “colour”/],
    ['an unknown key of a connection', connectionWith({ uri: 'x' }), 'connections[0].uri', /no key “uri”/],
    [
      'a setting that the system has not',
      connectionWith({ settings: { depth: 3 } }),
      'connections[0].settings.depth',
      /no key/,
    ],
    [
      'a system that does not exist',
      connectionWith({ system: 'swapper' }),
      'connections[0].system',
      /fusion/,
    ],
    [
      'a credential in the file',
      connectionWith({ credential: 's3cr3t' }),
      'connections[0].credential',
      /never stands in a profile/,
    ],
    [
      'a password in a URL',
      connectionWith({ url: 'http://a:b@127.0.0.1' }),
      'connections[0].url',
      /never stands in a profile/,
    ],
    [
      'a key in the query of a URL',
      connectionWith({ url: 'http://127.0.0.1/?key=s3cr3t' }),
      'connections[0].url',
      /ends before “\?”/,
    ],
    [
      'a URL whose beginning is in capitals',
      connectionWith({ url: 'HTTP://127.0.0.1:3001' }),
      'connections[0].url',
      /“http:\/\/”, in lower case/,
    ],
    ['a URL that is none', connectionWith({ url: 'here' }), 'connections[0].url', /./],
    ['a missing key', { environment: 'staging', connections: [] }, 'name', /./],
    [
      'an id used twice',
      { ...good, connections: [...good.connections, { ...good.connections[0], id: 'FUSION-test' }] },
      'connections[1].id',
      /taken/,
    ],
    [
      'an approval for a command that no system has',
      { ...good, approvals: { commands: ['prepareRefund', 'prepareRefunds'], approvers: [APPROVER] } },
      'approvals.commands[1]',
      /“prepareRefunds” is no command .*prepareRefund,/,
    ],
    [
      'an approval for a command that only reads',
      { ...good, approvals: { commands: ['readMidnightBalance'], approvers: [APPROVER] } },
      'approvals.commands[0]',
      /no command that changes anything/,
    ],
    [
      'an approver whose key is none',
      { ...good, approvals: { commands: ['prepareRefund'], approvers: [{ name: 'Bob', publicKey: 'b0b' }] } },
      'approvals.approvers[0].publicKey',
      /64 hexadecimal digits/,
    ],
    [
      'approvals that nobody can give',
      { ...good, approvals: { commands: ['prepareRefund'], approvers: [] } },
      'approvals.approvers',
      /./,
    ],
    [
      'an approval that holds for more than a day',
      { ...good, approvals: { commands: ['prepareRefund'], approvers: [APPROVER], minutes: 1_441 } },
      'approvals.minutes',
      /./,
    ],
  ]
  test.each(cases)('%s', (...[, profile, place, sentence]) => {
    const { problems } = checkProfile(JSON.stringify(profile))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ place, sentence: expect.stringMatching(sentence) as unknown })
  })

  test('two at once', () => {
    const { problems } = checkProfile(JSON.stringify({ ...good, a: 1, b: 2 }))
    expect(problems.map(({ place }) => place)).toEqual(['a', 'b'])
  })
})

test('text that is not JSON is told with the line and never quoted', () => {
  const { problems } = checkProfile('{\n  "name": s3cr3t }')
  expect(problems[0]?.sentence).toMatch(/not JSON.*line 2/)
  expect(JSON.stringify(problems)).not.toContain('s3cr3t')
})

test('the mark that an editor of Windows begins a file with is left off', () => {
  expect(readProfile(`\uFEFF${JSON.stringify(good)}`, 'p.json')).toEqual(good)
})

test('a key that stands twice is told with its line, though it says the same', () => {
  expect(checkProfile('{\n "name": "a",\n "name": "a" }').problems[0]?.sentence).toMatch(/twice.*line 3/)
  expect(checkProfile('{\n "name": "a",\n "name": "b" }').problems[0]?.sentence).toMatch(/twice.*line 3/)
})

test('a bad profile fails with usage and the file’s name', () => {
  expect(() => readProfile('{}', 'my.json')).toThrow(Failure)
  expect(() => readProfile('{}', 'my.json')).toThrow(/my\.json is not a good profile: name: /)
})

test('the JSON Schema that ships is that of the code', () => {
  expect(JSON.parse(readFileSync(PROFILE_SCHEMA_FILE, 'utf8'))).toEqual(profileJsonSchema())
})
