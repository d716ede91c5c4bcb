import type { ConnectionSummary } from '../../../shared/api/presence.ts'

/** Why an intent cannot be read again now; null when it can. */
export function rereadClosedBy(
  connection: Pick<ConnectionSummary, 'isHeldHere' | 'presence'> | undefined,
): string | null {
  if (connection === undefined) return 'its connection is not part of the profile in use.'
  if (!connection.isHeldHere) return 'another running console holds the connection.'
  if (connection.presence.state === 'stopped') return 'its connection is stopped. Opens when it runs again.'
  return null
}
