import { DEEP_LIST, HUGE_LENGTH } from '../kit/malformed.ts'
import type { Random } from '../kit/random.ts'

/** Texts in place of an answer about one submission, none of which keeps the contract. */
export function garbled(body: Record<string, unknown>, random: Random): string {
  const withFields = (fields: Record<string, unknown>): string => JSON.stringify({ ...body, ...fields })
  const texts: (() => string)[] = [
    () => '',
    () => 'null',
    () => '[]',
    () => '"FINALIZED"',
    () => '{"status":',
    () => '<html><body>502</body></html>',
    () => withFields({ status: random.pick([null, 7, '', {}, 'SETTLING_ON_MARS']) }),
    () => withFields({ submissionId: random.pick([null, 7, {}, '../health']) }),
    () => withFields({ intentId: random.pick([7, [], '\u202e0x12']) }),
    () => withFields({ updatedAt: random.pick(['yesterday', -1, {}, '+275760-09-13']) }),
    () =>
      withFields({ statusMessage: random.pick([7, {}, 'payload_flagged:output=0x08c379a0ff', '=cmd()']) }),
    () => withFields({ executionTxHash: random.pick(['0x', 7, 'x'.repeat(500)]) }),
    () => withFields({ validatorSet: [1, 2, 3], __proto__x: { isAdmin: true } }),
    () => `{"__proto__":{"status":"FINALIZED"},${JSON.stringify(body).slice(1)}`,
    () => `{"status":"ACCEPTED","statusMessage":${DEEP_LIST}}`,
    () => withFields({ statusMessage: 'x'.repeat(HUGE_LENGTH) }),
  ]
  return random.pick(texts)()
}
