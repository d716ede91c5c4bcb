import { useMutation } from '@tanstack/react-query'
import { calls } from '../host/client.ts'
import { commandOf, type Command } from './command.ts'

/** Adds a note to an intent; it arrives on its timeline. */
export function useAddNote(onDone: () => void): Command<{ intent: string; text: string }> {
  return commandOf(useMutation(calls.notes.add.mutationOptions({ onSuccess: onDone })))
}

/** Adds a tag to an intent, or takes it away. */
export function useTag(onDone: () => void): Command<{ intent: string; tag: string; isSet: boolean }> {
  return commandOf(useMutation(calls.notes.tag.mutationOptions({ onSuccess: onDone })))
}

/** Keeps an intent out of Attention until an instant, or (null) until its status changes. */
export function useSilence(
  onDone: () => void,
): Command<{ intent: string; untilMs: number | null; reason: string }> {
  return commandOf(useMutation(calls.notes.silence.mutationOptions({ onSuccess: onDone })))
}
