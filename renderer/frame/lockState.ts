import type { ConsoleStatus } from '../../shared/api/answers.ts'

/** How the profile stands to commands that change something outside, as the title bar says it. */
export interface LockState {
  is: 'locked' | 'unlocked' | 'open' | 'read-only' | 'closed'
  /** A few words. */
  words: string
  /** When it locks by itself, epoch milliseconds; null when it does not. */
  untilMs: number | null
}

/** The lock as it stands at an instant. */
export function lockStateOf(
  status: Pick<ConsoleStatus, 'isReadOnly' | 'actions' | 'host' | 'mode' | 'storeTrouble'>,
  nowMs: number,
): LockState {
  const { isOpen, canUnlock, unlockedUntilMs } = status.actions
  if (isOpen && unlockedUntilMs !== null && unlockedUntilMs > nowMs) {
    const words = `Unlocked ${minutesLeft(unlockedUntilMs - nowMs)} left`
    return { is: 'unlocked', words, untilMs: unlockedUntilMs }
  }
  if (isOpen && unlockedUntilMs === null) return { is: 'open', words: 'Actions allowed', untilMs: null }
  if (canUnlock || isOpen) return { is: 'locked', words: 'Locked', untilMs: null }
  if (status.isReadOnly) return { is: 'read-only', words: 'Read-only', untilMs: null }
  return { is: 'closed', words: closedWords(status), untilMs: null }
}

function closedWords({ mode, host, storeTrouble }: Pick<ConsoleStatus, 'mode' | 'host' | 'storeTrouble'>) {
  if (mode === 'archive') return 'Archive: sends nothing'
  if (storeTrouble !== null) return 'Disk refuses: sends nothing'
  return host === 'browser' ? 'This host sends nothing' : 'Sends nothing'
}

/** Minutes and seconds as on a timer: `09:41`. A part of a second still counts as one. */
function minutesLeft(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000)
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
