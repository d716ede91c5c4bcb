import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'

const SECRET = 'deadbeef'.repeat(8)
const MARK = /redacted:[0-9a-f]{12}/

describe('redact', () => {
  it.each([
    ['a plain key', `{"preimage":"0x${SECRET}"}`],
    ['other spellings', `{"preImage":"${SECRET}"}`],
    ['snake case', `{"pre_image":"0x${SECRET}"}`],
    ['a secret', `{"secret":"0x${SECRET}"}`],
    ['a suffix', `{"secret_hex":"${SECRET}"}`],
    ['a signature', `{"intent":{"signature":"0x${SECRET}"}}`],
    ['a signed transaction', `{"evmTransaction":"0x02${SECRET}"}`],
    ['a private key', `{"privateKey":"${SECRET}"}`],
    ['white space', `{ "secret" : "0x${SECRET}" }`],
    ['an escaped key', `{"pre\\u0069mage":"0x${SECRET}"}`],
    ['a list', `{"secrets":["0x${SECRET}","0x${SECRET}"]}`],
    ['an object', `{"signature":{"r":"0x${SECRET}","v":27}}`],
    ['a sentence', `{"error":"bad preimage 0x${SECRET} given"}`],
    ['a sentence with marks', `{"error":"secret: '${SECRET}'"}`],
    ['a sentence with filler', `{"error":"the secret value is 0x${SECRET}"}`],
    ['JSON in a string', `{"error":"{\\"preimage\\":\\"0x${SECRET}\\"}"}`],
    ['a compound name in JSON in a string', `{"error":"{\\"user_signature\\":\\"0x${SECRET}\\"}"}`],
    ['a short name in JSON in a string', `{"error":"{\\"sig\\":\\"0x${SECRET}\\"}"}`],
    ['upper case', `{"error":"PREIMAGE=0X${SECRET.toUpperCase()}"}`],
    ['text that is no JSON', `preimage 0x${SECRET}`],
    ['a frame that is broken off', `{"secret":"0x${SECRET}`],
  ])('takes the secret out of %s', (_, text) => {
    const redacted = redact(text)
    expect(redacted.toLowerCase()).not.toContain('deadbeef')
    expect(redacted).toMatch(MARK)
  })

  it.each([
    `{"secretHash":"0x${SECRET}"}`,
    `{"evmTransactionHash":"0x${SECRET}","executionTxHash":"0x${SECRET}"}`,
    `{"secret_hashes":["0x${SECRET}"]}`,
    `{"hashlock":"0x${SECRET}","txHashes":{"lock":"0x${SECRET}"}}`,
    `{"preimageHash":"0x${SECRET}"}`,
    `{"transactionSignature":"${SECRET}","txSignature":"${SECRET}"}`,
    `{"secretIndex":3,"signatureVerified":true,"preimage":null,"secret":""}`,
    `{"secret":null,"txHash":"0x${SECRET}"}`,
    `{"a":"secret","b":"0x${SECRET}"}`,
    '{"intentId":"0x01","status":"executing"}',
    'not json at all',
  ])('leaves %s as it is', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('keeps the rest verbatim and the JSON readable', () => {
    const redacted = redact(`{"a" : 1.50, "preimage":"0x${SECRET}" ,"b":9007199254740993}`)
    expect(redacted.replace(MARK, '…')).toBe(`{"a" : 1.50, "preimage":"…" ,"b":9007199254740993}`)
  })

  it('gives one secret one fingerprint, however it is written', () => {
    const marks = [
      `{"preimage":"0x${SECRET}"}`,
      `{"secret":"${SECRET.toUpperCase()}"}`,
      `{"error":"secret 0x${SECRET}"}`,
    ].map((text) => MARK.exec(redact(text))?.[0])
    expect(new Set(marks).size).toBe(1)
  })

  it('changes nothing when applied twice', () => {
    const once = redact(`{"preimage":"0x${SECRET}","error":"secret ${SECRET}"}`)
    expect(redact(once)).toBe(once)
  })

  it('stays linear on a megabyte of telling words', () => {
    const text = 'secret'.repeat(170_000)
    expect(redact(text)).toBe(text)
  })
})
