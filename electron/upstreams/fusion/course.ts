import type { Course, Situation } from '../../../shared/intent/course.ts'
import type { Intent } from '../../../shared/intent/intent.ts'

type Words = Omit<Situation, 'fromMs'>

const REFUND_CLOSED: Words = {
  label: 'Failed, refund not open yet',
  meaning: 'The swap will not happen, and the source funds stay locked until the source timelock.',
  nextActor: 'maker',
  then: 'From the source timelock on the maker can take the funds back; until then the solver can still claim them with the preimage.',
  tell: 'The swap did not go through. Your funds are locked until the time limit and can be taken back then.',
  byKind: 'sourceTimelock',
  overdueAtMs: null,
}

const REFUND_OPEN: Words = {
  label: 'Failed, refund open',
  meaning: 'The swap will not happen, and the source timelock is over: the maker can take the funds back.',
  nextActor: 'maker',
  then: 'The maker’s wallet signs and sends the refund; the coordinator may also refund by itself.',
  tell: 'The swap did not go through, and your funds can be taken back now; we help you with it.',
  byKind: null,
  overdueAtMs: null,
}

const REFUNDED: Words = {
  label: 'Failed and refunded',
  meaning: 'The swap did not happen, and the backend shows that the maker has the source funds back.',
  nextActor: 'nobody',
  then: 'Nothing more happens.',
  tell: 'The swap did not go through, and your funds are back.',
  byKind: null,
  overdueAtMs: null,
}

/** What the one word `failed` does not tell, for which the backend has no words: whether the source lock can be or was taken back. */
export function course(intent: Intent): Course {
  const { phase, phaseSinceMs, fundsReleasedAtMs, moneyAtRisk, deadlines } = intent
  if (phase !== 'failed') return []
  if (fundsReleasedAtMs !== null) return [{ ...REFUNDED, fromMs: fundsReleasedAtMs }]
  const timelock = deadlines.find(({ kind }) => kind === 'sourceTimelock')
  if (!moneyAtRisk || timelock === undefined) return []
  const open = { ...REFUND_OPEN, fromMs: Math.max(phaseSinceMs, timelock.atMs) }
  return timelock.atMs <= phaseSinceMs ? [open] : [{ ...REFUND_CLOSED, fromMs: phaseSinceMs }, open]
}
