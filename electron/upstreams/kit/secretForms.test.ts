import { describe, expect, it } from 'vitest'
import { everyFormOf } from './secretForms.ts'

const HEX = '0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210'
const BYTES = Buffer.from(HEX, 'hex')
const TOKEN = 'token/for+flash_"4711"-zyxwvu'
const MARK = '‹secret›'

/** Letters of base64 that also hold bits of what stands beside the secret may stay, two on either side. */
const LEFT_OVER = /^[\w+/-]{0,4}‹secret›[\w+/-]{0,4}(?:=|%3D){0,2}$/

function everyByte(text: string, write: (byte: string) => string): string {
  return (Buffer.from(text).toString('hex').match(/../g) ?? []).map(write).join('')
}

/** What a system may make of a text. */
const FORMS: [string, (text: string) => string][] = [
  ['as it stands', (text) => text],
  ['in upper case', (text) => text.toUpperCase()],
  ['in hex', (text) => Buffer.from(text).toString('hex')],
  ['in upper hex', (text) => `0x${Buffer.from(text).toString('hex').toUpperCase()}`],
  ['in base64', (text) => Buffer.from(text).toString('base64')],
  ['in base64 behind one byte', (text) => Buffer.from(`x${text}y`).toString('base64')],
  ['in base64 behind two bytes', (text) => Buffer.from(`xy${text}z`).toString('base64')],
  ['in base64url', (text) => Buffer.from(text).toString('base64url')],
  ['in base64 in a URL', (text) => encodeURIComponent(Buffer.from(text).toString('base64'))],
  ['in JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['in JSON in JSON', (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
  ['in JSON, every character', (text) => everyByte(text, (byte) => `\\u00${byte}`)],
  ['in a URL', (text) => encodeURIComponent(text)],
  ['in a URL, every byte', (text) => everyByte(text, (byte) => `%${byte}`)],
  ['in UTF-16', (text) => Buffer.from(text, 'utf16le').toString('latin1').slice(0, -1)],
  ['broken by a line end', (text) => `${text.slice(0, 9)}\n${text.slice(9)}`],
  ['broken by an escaped line end', (text) => `${text.slice(0, 9)}\\r\\n${text.slice(9)}`],
  ['in pairs', (text) => text.replaceAll(/..(?!$)/g, '$& ')],
  ['as a list of bytes', (text) => [...Buffer.from(text)].join(', ')],
]

describe.each([
  ['a token', TOKEN],
  ['a secret in hex', HEX],
])('%s', (_, secret) => {
  it.each(FORMS)('is found %s', (_, formOf) => {
    expect(formOf(secret).replace(everyFormOf(secret), MARK)).toMatch(LEFT_OVER)
  })

  it.each(FORMS)('control: another one is not found %s', (_, formOf) => {
    const other = secret.replaceAll(/[47]/g, '5')
    expect(formOf(other).replace(everyFormOf(secret), MARK)).toBe(formOf(other))
  })
})

it('finds the bytes that hex stands for in base64, as a number and as a list', () => {
  const forms = [
    BYTES.toString('base64'),
    BYTES.toString('base64url'),
    Buffer.concat([Buffer.from('x'), BYTES]).toString('base64'),
    Buffer.concat([Buffer.from('xy'), BYTES]).toString('base64'),
    BigInt(`0x${HEX}`).toString(),
    [...BYTES].join(','),
  ]
  for (const form of forms) expect(form.replace(everyFormOf(HEX), MARK)).toMatch(LEFT_OVER)
})

it('finds a token behind the word that is sent with it', () => {
  const form = Buffer.from(`Bearer ${TOKEN}`).toString('base64')
  expect(form.replace(everyFormOf(TOKEN), MARK)).toMatch(/^QmVhcmVyI\w?‹secret›\w{0,2}=*$/)
})

it('control: a search for the text and its hex alone leaves all the others', () => {
  const plainly = new RegExp(`${HEX}|${Buffer.from(HEX).toString('hex')}`, 'i')
  const left = FORMS.filter(([, formOf]) => !plainly.test(formOf(HEX)))
  expect(left.length).toBeGreaterThan(8)
})

it('finds every one of several, and leaves what stands between them', () => {
  const text = `{"a":"${TOKEN.replaceAll('"', '\\"')}","n":12,"b":"${Buffer.from(TOKEN).toString('hex')}"}`
  expect(text.replace(everyFormOf(TOKEN), MARK)).toBe(`{"a":"${MARK}","n":12,"b":"${MARK}"}`)
})

it('does not take words, amounts and times for a short one', () => {
  const text = 'pass word 3405691582 202,254,186,190 yv66vg'
  expect(text.replace(everyFormOf('password'), MARK)).toBe(text)
  expect(text.replace(everyFormOf('cafebabe'), MARK)).toBe(text)
})

it('finds a long one whole, also across characters of two units', () => {
  const long = 'ab+/😀'.repeat(300)
  expect(`<${long}>`.replace(everyFormOf(long), MARK)).toBe(`<${MARK}>`)
  const short = 'ab😀cd"ef\nghijkl'
  expect(JSON.stringify(short).replace(everyFormOf(short), MARK)).toBe(`"${MARK}"`)
  expect(everyByte('😀ab', (byte) => `%${byte}`).replace(everyFormOf('😀ab'), MARK)).toBe(MARK)
})

it('stays linear on a megabyte that begins to look like one again and again', () => {
  for (const piece of ['\\', '%', '0', HEX.slice(0, 40), `${HEX.slice(0, 20)} `]) {
    const text = piece.repeat(1_000_000 / piece.length)
    expect(text.replace(everyFormOf(HEX), MARK)).toBe(text)
  }
})
