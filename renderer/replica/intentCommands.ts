import { useMutation } from '@tanstack/react-query'
import { calls } from '../host/client.ts'
import { commandOf, type Command } from './command.ts'

/** Reads an intent again from its system; what comes back arrives on its timeline. */
export function useReread(): Command<{ id: string }> {
  return commandOf(useMutation(calls.intents.reread.mutationOptions()))
}

/** Follows an id on its connection across restarts, or stops following it. */
export function useWatch(): Command<{ connection: string; id: string; isWatched: boolean }> {
  return commandOf(useMutation(calls.intents.watch.mutationOptions()))
}
