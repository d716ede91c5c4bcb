import type { Gate } from '../../../shared/api/action.ts'
import type { Profile } from '../../../shared/api/profile.ts'

/** What decides whether commands that change something outside are accepted. */
export interface GateSources {
  profile: Pick<Profile, 'name' | 'environment' | 'readOnly'>
  /** From `--read-only`. */
  isReadOnlyRun: boolean
  /** Whether this host accepts them (`--allow-actions`). */
  areActionsAllowed: boolean
  /** Why the disk refuses; null while it does not. */
  storeTrouble: string | null
  /** Until when a person has unlocked the profile; null when nobody has. */
  unlockedUntilMs: number | null
  nowMs: number
}

/** Whether a profile is read-only by itself: in production it is unless it says otherwise. */
export function isReadOnlyProfile({ readOnly, environment }: GateSources['profile']): boolean {
  return readOnly ?? environment === 'production'
}

/** Whether commands that change something outside are accepted now, from the firmest refusal to the mildest. */
export function gateOf(sources: GateSources): Gate {
  const { profile, storeTrouble, unlockedUntilMs, nowMs } = sources
  if (sources.isReadOnlyRun)
    return closed('The console was started with --read-only.', 'Start it without to allow actions.')
  if (isReadOnlyProfile(profile)) {
    const why = `The profile “${profile.name}” is read-only.`
    return closed(why, 'Set "readOnly": false in it to allow actions.')
  }
  if (!sources.areActionsAllowed) {
    const why = 'This console was started without `--allow-actions`, so it sends nothing.'
    return closed(why, 'To act, stop it and start it again with it: `npm start -- --allow-actions`.')
  }
  if (storeTrouble !== null) {
    const why = `The disk refuses, so no action could be recorded: ${storeTrouble}`
    return closed(why, 'Make room on the disk; nothing is sent that cannot be recorded first.')
  }
  if (profile.environment !== 'production') return OPEN
  const isUnlocked = unlockedUntilMs !== null && unlockedUntilMs > nowMs
  if (isUnlocked) return { ...OPEN, unlockedUntilMs }
  return {
    ...closed(
      `The production profile “${profile.name}” is locked.`,
      'Unlock it for some minutes, with a reason.',
    ),
    canUnlock: true,
  }
}

const OPEN: Gate = { isOpen: true, why: '', tip: '', canUnlock: false, unlockedUntilMs: null }

function closed(why: string, tip: string): Gate {
  return { ...OPEN, isOpen: false, why, tip }
}
