import type { ConnectionSummary } from '../../../shared/api/presence.ts'

/** Commands that do something in a system (interfaces.md section 6), in the order in which they are shown. */
const OUTSIDE_COMMANDS: readonly string[] = [
  'prepareRefund',
  'reportRefundSubmitted',
  'createSourceLockSession',
  'reportDeploySubmitted',
  'reportLockSubmitted',
  'readMidnightBalance',
  'readPermit2Params',
  'relayPermit',
  'submitSignedIntent',
  'verifyDeposit',
  'submitClawback',
  'submitSignedOrder',
  'submitSecret',
  'quote',
  'createIntent',
  'addApproval',
]

const NOT_YET = 'Closed: this version only reads; it sends nothing to a system yet.'

/** A command that cannot be given now, with the condition that is not met. */
export interface ClosedCommand {
  name: string
  /** The command in words, the name of its button. */
  words: string
  why: string
}

/** A command's name in words: `prepareRefund` becomes `Prepare refund`. */
export function commandWords(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

/** The commands that a connection speaks of and that this version does not give. */
export function closedCommands(capabilities: ConnectionSummary['capabilities']): ClosedCommand[] {
  return OUTSIDE_COMMANDS.flatMap((name) => {
    const capability = capabilities.find((candidate) => candidate.name === name)
    if (capability === undefined) return []
    const why =
      capability.isOffered || capability.why === ''
        ? NOT_YET
        : `Closed: ${capability.why.charAt(0).toLowerCase()}${capability.why.slice(1)}`
    return [{ name, words: commandWords(name), why }]
  })
}

/** Why an intent cannot be read again now; null when it can. */
export function rereadClosedBy(
  connection: Pick<ConnectionSummary, 'isHeldHere' | 'presence'> | undefined,
): string | null {
  if (connection === undefined) return 'its connection is not part of the profile in use.'
  if (!connection.isHeldHere) return 'another running console holds the connection.'
  if (connection.presence.state === 'stopped') return 'its connection is stopped. Opens when it runs again.'
  return null
}
