import { expect, test } from 'vitest'
import { CredentialEcho } from './credentialEcho.ts'

async function echoOf(...values: (string | null)[]): Promise<CredentialEcho> {
  const echo = new CredentialEcho()
  for (const value of values) {
    expect(await echo.remembering(() => Promise.resolve(value))()).toBe(value)
  }
  return echo
}

test('a system that repeats the credential is not repeated', async () => {
  const echo = await echoOf('key-0123456789')
  expect(echo.clean('{"error":"bad key key-0123456789"}')).toBe('{"error":"bad key redacted:credential"}')
})

test('one of several lines is found as JSON writes it, also after it was replaced by another', async () => {
  const echo = await echoOf('-----BEGIN\nKEY-----', 'key-0123456789')
  const payload = JSON.stringify({ a: '-----BEGIN\nKEY-----', b: 'key-0123456789' })
  expect(echo.clean(payload)).toBe('{"a":"redacted:credential","b":"redacted:credential"}')
})

test('a system that gives the credential back in another form is not repeated either', async () => {
  const echo = await echoOf('key-0123456789')
  const header = Buffer.from('Bearer key-0123456789').toString('base64')
  const payload = JSON.stringify({ header, hex: Buffer.from('key-0123456789').toString('hex') })
  expect(echo.clean(payload)).toBe('{"header":"QmVhcmVyIGredacted:credential","hex":"redacted:credential"}')
})

test('none, and one too short to be told from a word, change nothing', async () => {
  const echo = await echoOf(null, 'status')
  expect(echo.clean('{"status":"null"}')).toBe('{"status":"null"}')
})
