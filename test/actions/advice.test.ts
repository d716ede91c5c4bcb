import { expect, test } from 'vitest'
import { createIntent } from '../../electron/upstreams/defi-api/commands/createIntent.ts'
import { declared, type Command, type Given } from '../../electron/upstreams/command.ts'
import { prepareRefund } from '../../electron/upstreams/fusion/commands/prepareRefund.ts'
import { relayPermit } from '../../electron/upstreams/fusion/commands/relayPermit.ts'
import { reportRefundSubmitted } from '../../electron/upstreams/fusion/commands/reportRefundSubmitted.ts'
import { submitSignedIntent } from '../../electron/upstreams/fusion/commands/submitSignedIntent.ts'
import { upstreams } from '../../electron/upstreams/index.ts'
import { submitSecret } from '../../electron/upstreams/oneinch-fusion-plus/commands/submitSecret.ts'
import { submitSignedOrder } from '../../electron/upstreams/oneinch-fusion-plus/commands/submitSignedOrder.ts'

/** As much of what was given as a judgement of a refusal looks at. */
function given(command: Command, generation = 'execution'): Given {
  const input = { order: {}, intentId: '', deposits: [], expiresAt: 0 }
  return { intent: null, connection: { settings: { generation } }, nowMs: 0, input } as unknown as Given
}

function adviceOn(command: Command, httpStatus: number, generation?: string): string {
  const answer = { httpStatus, text: '{"message":"no"}', atMs: 0 }
  return command.judge(answer, given(command, generation)).advice ?? ''
}

const every = upstreams.flatMap(({ system, commands = [] }) =>
  commands.map((command) => [`${system} ${command.name}`, command] as const),
)

test.each(every)('%s says what to do about each refusal', (_, command) => {
  const said = [400, 401, 403, 404, 409, 410, 413, 418, 422, 429].map((status) => adviceOn(command, status))
  for (const advice of said) expect(advice).toMatch(/^[A-Z].*\.$/)
})

test.each<[string, Command, number, string]>([
  ['a refund that is refused', declared(prepareRefund), 409, 'the coordinator refunds by itself too'],
  ['an intent with another id', declared(prepareRefund), 404, 'another id'],
  ['a backend without credentials', declared(prepareRefund), 401, 'something in front of it'],
  ['a permit too early', declared(relayPermit), 400, 'once the proof is verified'],
  ['a session that ended', declared(reportRefundSubmitted), 404, 'Do not send the transaction again'],
  ['a nonce that was used', declared(submitSignedIntent), 409, 'read the intent by its id'],
  ['a limit that is used up', declared(submitSignedOrder), 429, 'which all its keys share'],
  ['an order that is refused', declared(submitSignedOrder), 400, 'new order signed'],
  ['a fill that does not wait', declared(submitSecret), 400, 'see which fill waits'],
  ['a slippage too small', declared(createIntent), 400, 'new quote'],
  ['an intent that moved', declared(createIntent), 422, 'compare its status'],
  ['a plain key', declared(createIntent), 401, 'the key of this connection'],
])('of %s the contract page is quoted', (_, command, ...[httpStatus, said]) => {
  expect(adviceOn(command, httpStatus)).toContain(said)
})

test('a generation that signs is told of its clock', () => {
  expect(adviceOn(declared(createIntent), 401, 'signed')).toContain('check the clock of this machine')
})
