import { randomUUID } from 'node:crypto'
import type { ActAnswer } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import { standingOf } from './conditions.ts'
import type { Order } from './drafts.ts'
import { shownRequest } from './literal.ts'
import { outcomeOf } from './outcome.ts'
import type { Workshop } from './workshop.ts'

/** Runs a command that only reads: asked once, answered at once, kept nowhere. Fails with `closed` and why when it cannot be asked now. */
export async function readOnce(workshop: Workshop, order: Order, signal: AbortSignal): Promise<ActAnswer> {
  const { connection, worked } = await workshop.work(order)
  const { command, preconditions, request } = worked
  if (command.effect !== 'reads') {
    throw new Failure('usage', `${command.name} changes something outside, so it is prepared and given.`)
  }
  const { isOpen, why, opensAtMs } = standingOf(preconditions)
  if (!isOpen) throw new Failure('closed', why, { facts: { opensAtMs } })
  const link = connection.link()
  const send = link?.send?.bind(link)
  if (send === undefined) throw new Failure('closed', `The connection “${connection.id}” is closed.`)
  const sent = await send(request, signal)
  const withoutCredential = (text: string): string => connection.withoutCredential(text)
  const outcome = outcomeOf(sent, worked, { withoutCredential, secrets: request.secrets })
  if (outcome.follow !== null) await connection.watch(outcome.follow.value, true)
  return {
    actionId: randomUUID(),
    command: command.name,
    outcome: outcome.outcome,
    why: outcome.why,
    advice: outcome.advice,
    opensAtMs: null,
    preconditions,
    request: shownRequest(request),
    response: outcome.shown,
  }
}
