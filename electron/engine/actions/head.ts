import type { ActionHead } from '../../../shared/api/action.ts'
import { namesOfThing } from '../../../shared/api/sameThing.ts'
import { redact } from '../../upstreams/kit/redact.ts'
import { bodyDigestOf } from './canonical.ts'
import { keptRequest } from './literal.ts'
import { marksOf } from './trace.ts'
import type { Worked } from './worked.ts'

/** What is fixed when an action begins, as the ledger keeps it: every secret and signature redacted. */
export function headOf(
  { command, given, intent, subject, deed, request, basis, hash }: Worked,
  { reason, acknowledged, approval }: Pick<ActionHead, 'reason' | 'acknowledged' | 'approval'>,
): ActionHead {
  const { system, id: connection } = given.connection
  return {
    command: command.name,
    words: command.words,
    kind: command.kind,
    system,
    connection,
    intent: intent?.id ?? null,
    subject,
    names: namesOfThing(deed),
    reason: redact(reason.trim()),
    hash,
    request: keptRequest(request),
    bodyDigest: bodyDigestOf(request),
    basis,
    acknowledged,
    approval,
    marks: JSON.parse(redact(JSON.stringify(marksOf(command, given)))) as Record<string, string>,
  }
}
