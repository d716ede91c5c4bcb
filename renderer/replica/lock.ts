import { useMutation } from '@tanstack/react-query'
import { calls } from '../host/client.ts'
import { commandOf, type Command } from './command.ts'

/** Unlocks a profile that starts locked, for some minutes; `confirm` is the name of the profile. */
export function useUnlock(onDone: () => void): Command<{ minutes: number; reason: string; confirm: string }> {
  return commandOf(useMutation(calls.actions.unlock.mutationOptions({ onSuccess: onDone })))
}

/** Locks the profile again before its minutes are over. */
export function useLock(): Command<Record<string, never>> {
  return commandOf(useMutation(calls.actions.lock.mutationOptions()))
}
