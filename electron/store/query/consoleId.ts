import { comparableId } from '../../../shared/intent/ids.ts'

/** The connection and the alias, in comparable form, that a console id is made of; `['', …]` when it names no connection. */
export function partsOfConsoleId(text: string): [connection: string, alias: string] {
  const at = text.indexOf(':')
  return [text.slice(0, Math.max(0, at)).trim(), comparableId(text.slice(at + 1))]
}
