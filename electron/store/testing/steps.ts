import type { ActionHead, NewActionStep } from '../../../shared/api/action.ts'
import { connectionId } from '../../../shared/intent/ids.ts'

/** What a refund about something on the tiny system's connection begins with. */
export function refundOf(subject: string, more: Partial<ActionHead> = {}): ActionHead {
  return {
    command: 'prepareRefund',
    words: 'Prepare refund',
    kind: 'refund',
    system: 'fusion',
    connection: connectionId('tiny'),
    intent: null,
    subject,
    reason: 'the maker asked',
    hash: 'ab'.repeat(32),
    request: {
      method: 'POST',
      url: 'http://tiny/refund',
      headers: [],
      body: { id: subject },
      bodyText: '{}',
    },
    bodyDigest: 'cd'.repeat(32),
    basis: { status: 'waiting' },
    acknowledged: [],
    approval: null,
    marks: {},
    ...more,
  }
}

/** A step of an action, made by the operator of the tiny system. */
export function stepOfAction(
  action: string,
  kind: NewActionStep['kind'],
  more: Partial<NewActionStep> = {},
): NewActionStep {
  return {
    action,
    kind,
    atMs: 1_000,
    who: 'ada',
    host: 'browser',
    why: `it was ${kind}`,
    head: null,
    httpStatus: null,
    response: null,
    facts: {},
    follows: null,
    ...more,
  }
}

/** The step with which the refund of something begins. */
export function sendingOf(action: string, subject: string, more: Partial<NewActionStep> = {}): NewActionStep {
  return stepOfAction(action, 'sending', { head: refundOf(subject), ...more })
}
