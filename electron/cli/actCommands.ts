/** Operator commands that concern the console alone, which this version gives. */
const LOCAL_COMMANDS = ['watchIntent', 'unwatchIntent', 'reread'] as const

/** One of them. */
export type LocalCommand = (typeof LOCAL_COMMANDS)[number]

/** Operator commands that are still to come (interfaces.md section 6). */
const LATER_COMMANDS: readonly string[] = [
  'addNote',
  'addTag',
  'silenceAlarm',
  'createSourceLockSession',
  'reportDeploySubmitted',
  'reportLockSubmitted',
  'prepareRefund',
  'reportRefundSubmitted',
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

/** Every command by name. */
export const COMMANDS: readonly string[] = [...LOCAL_COMMANDS, ...LATER_COMMANDS]

/** The command of a name; `later` for one that this version does not give yet, null for none that there is. */
export function commandOf(name: string): LocalCommand | 'later' | null {
  const local = LOCAL_COMMANDS.find((command) => command === name)
  return local ?? (LATER_COMMANDS.includes(name) ? 'later' : null)
}
