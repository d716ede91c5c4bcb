import { expect, test } from 'vitest'
import { z } from 'zod'
import { upstreamOf } from '../../upstreams/index.ts'
import type { SystemName } from '../../../shared/intent/ids.ts'
import { LOCAL_FIELDS, type LocalName } from './local.ts'
import { wrongInput } from './wrongInput.ts'

/** What a command of a system says of an input: the sentence and the tip. */
function said(system: SystemName, name: string, written: Record<string, unknown>): [string, string] {
  const command = upstreamOf(system).commands?.find((one) => one.name === name)
  const error = command?.input.safeParse(written).error
  if (command === undefined || error === undefined) throw new Error('The input is right.')
  const { message, tip } = wrongInput(error, { command: name, fields: command.fields, written })
  return [message, tip]
}

const REPORT = { refundSessionId: 'r-1', txHash: 'ab'.repeat(32) }
const SIGNED = {
  chainId: 1,
  deposits: [],
  recipient: `0x${'a1'.repeat(20)}`,
  signature: `30${'0a'.repeat(40)}`,
  expiresAt: 5,
}

interface Wrong {
  system: SystemName
  command: string
  written: Record<string, unknown>
  sentence: string
}

test.each<[string, Wrong]>([
  [
    'by its name in words, with what stood there',
    {
      ...{ system: 'fusion', command: 'reportRefundSubmitted' },
      written: { ...REPORT, txHash: '0x12' },
      sentence:
        'The input is wrong: “Hash of the refund transaction” (txHash) is “0x12”; it has to be a transaction hash: 64 hex digits, with or without 0x.',
    },
  ],
  [
    'that is missing',
    {
      ...{ system: 'fusion', command: 'reportRefundSubmitted' },
      written: { txHash: REPORT.txHash },
      sentence: 'The input is wrong: “Refund session” (refundSessionId) is missing; it has to be a text.',
    },
  ],
  [
    'that is of another kind or empty, each for itself',
    {
      ...{ system: 'fusion', command: 'reportRefundSubmitted' },
      written: { txHash: 7, refundSessionId: '' },
      sentence:
        'The input is wrong: “Refund session” (refundSessionId) is empty; it must not be empty · “Refund session” (refundSessionId) is empty; it has to be the id of a session: letters, digits, dots, colons, dashes and underscores · “Hash of the refund transaction” (txHash) is “7”; it has to be a text.',
    },
  ],
  [
    'that nobody takes',
    {
      ...{ system: 'fusion', command: 'prepareRefund' },
      written: { colour: 'red' },
      sentence: 'The input is wrong: there is no field “colour”; take it out or mend its name.',
    },
  ],
  [
    'deep in a file, by its place',
    {
      ...{ system: 'flashnet', command: 'submitSignedIntent' },
      written: { signedIntent: JSON.stringify({ ...SIGNED, deposits: [{ sparkTransferId: 'abc' }] }) },
      sentence: '“deposits[0].sparkTransferId” is “abc”; it has to be bare hex',
    },
  ],
  [
    'without what may be a secret in the place of a name',
    {
      ...{ system: 'fusion', command: 'reportRefundSubmitted' },
      written: { ...REPORT, ['c0de'.repeat(16)]: 1 },
      sentence: 'there is no field “c0de… (64 characters)”; take it out or mend its name',
    },
  ],
  [
    'that is long, cut',
    {
      ...{ system: 'flashnet', command: 'submitSignedIntent' },
      written: { ...SIGNED, recipient: 'r'.repeat(500) },
      sentence: '“recipient” is “rrrr… (500 characters)”; it has to be 0x and 40 hex digits',
    },
  ],
  [
    'about the whole, as it stands',
    {
      ...{ system: 'flashnet', command: 'submitSignedIntent' },
      written: { ...SIGNED, recipient: undefined },
      sentence: 'The input is wrong: There has to be exactly one of recipient, evmTransaction and clawback.',
    },
  ],
  [
    'of a file that is no JSON, once',
    {
      ...{ system: 'flashnet', command: 'submitSignedIntent' },
      written: { signedIntent: '{"chainId":' },
      sentence:
        'The input is wrong: “Signed intent” (signedIntent) is a text of 11 characters; it has to be one JSON object, each key once.',
    },
  ],
])('a wrong field is told %s', (_, { system, command, written, sentence }) => {
  expect(said(system, command, written)[0]).toContain(sentence)
})

test('the tip says what to put there, and without a wrong field what there is', () => {
  expect(said('fusion', 'reportRefundSubmitted', { ...REPORT, txHash: '0x12' })[1]).toBe(
    'Hash of the refund transaction: The hash that the wallet shows once it has sent the transaction.',
  )
  expect(said('fusion', 'reportRefundSubmitted', { ...REPORT, colour: 'red' })[1]).toBe(
    'reportRefundSubmitted takes: refundSessionId (Refund session), txHash (Hash of the refund transaction).',
  )
})

test('of a secret or a signature only the length is told, wherever it stands', () => {
  const secret = 'c0ffee'.repeat(9)
  const [ofSecret] = said('oneinch-fusion-plus', 'submitSecret', { secret })
  expect(ofSecret).toContain('“Secret” (secret) is a text of 54 characters; it has to be 32 bytes')
  const [ofSignature] = said('flashnet', 'submitSignedIntent', { ...SIGNED, signature: secret })
  expect(ofSignature).toContain('“signature” is a text of 54 characters; it has to be a DER signature')
  const [ofPermit] = said('fusion', 'relayPermit', { signature: secret })
  expect([ofSecret, ofSignature, ofPermit].join()).not.toContain('c0ffee')
})

test.each<[LocalName, Record<string, unknown>, string]>([
  ['addNote', { text: ' ' }, '“text” is “ ”; it must not be empty'],
  ['addNote', { text: 'x'.repeat(4_001) }, 'it has to have at most 4000 characters'],
  ['addTag', { tag: 'a', isSet: 'no' }, '“isSet” is “no”; it has to be true or false'],
  ...[1.5, 0, -1, 1_900_000_000, 9e15, '1e18', 'tomorrow'].map(
    (untilMs): [LocalName, Record<string, unknown>, string] => [
      'silenceAlarm',
      { untilMs },
      `“untilMs” is “${untilMs}”; it has to be an instant in milliseconds since 1970`,
    ],
  ),
])('%s tells it in the same way', (name, written, sentence) => {
  const { error } = LOCAL_FIELDS[name].safeParse(written)
  if (error === undefined) throw new Error('The input is right.')
  expect(wrongInput(error, { command: name, fields: [], written }).message).toContain(sentence)
})

test('no more than six are told, and how many there are besides', () => {
  const written = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`field${at}`, 1]))
  const { error } = z.strictObject({}).safeParse(written)
  if (error === undefined) throw new Error('The input is right.')
  const { message } = wrongInput(error, { command: 'x', fields: [], written })
  expect(message).toContain('field5')
  expect(message).not.toContain('field6')
  expect(message).toContain('· 3 more.')
})
