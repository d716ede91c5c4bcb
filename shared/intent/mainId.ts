import type { Intent } from './intent.ts'

/** The id that its system uses for an intent: the alias that the console id was made of, as the system wrote it. */
export function mainIdOf({ id, connection, aliases }: Pick<Intent, 'id' | 'connection' | 'aliases'>): string {
  const tail = id.slice(connection.length + 1)
  return aliases.find(({ value }) => value.toLowerCase() === tail)?.value ?? tail
}
