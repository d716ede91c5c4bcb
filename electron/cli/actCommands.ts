import { LOCAL_FIELDS, type LocalName } from '../engine/actions/local.ts'
import { upstreams } from '../upstreams/index.ts'

/** Every command by name: those that concern the console alone, and those that a system declares. */
export function commandNames(): string[] {
  const declared = upstreams.flatMap(({ commands = [] }) => commands.map(({ name }) => name))
  return [...new Set([...Object.keys(LOCAL_FIELDS), ...declared])]
}

/** Whether a command concerns the console alone. */
export function isLocal(name: string): name is LocalName {
  return Object.hasOwn(LOCAL_FIELDS, name)
}
