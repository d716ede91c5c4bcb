import { Failure } from '../../../shared/api/failure.ts'
import type { ProfileConnection } from '../../../shared/api/profile.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { About, Command } from '../../upstreams/command.ts'
import { upstreamOf } from '../../upstreams/index.ts'
import type { Upstream } from '../../upstreams/upstream.ts'
import { shortened } from '../shortened.ts'
import type { Order } from './drafts.ts'

/** The command of a system by name; fails with `usage` and the names that there are. */
export function commandNamed({ label, commands = [] }: Upstream, name: string): Command {
  const found = commands.find((command) => command.name === name)
  if (found !== undefined) return found
  const names = commands.map((command) => command.name).join(', ')
  throw new Failure('usage', `${label} has no command “${shortened(name)}”.`, {
    tip: names === '' ? 'Nothing can be done there from here.' : `It has: ${names}.`,
  })
}

/** A connection of a profile as commands see it. */
export function siteOf({ id, system, url, restUrl, settings }: ProfileConnection): About['connection'] {
  return {
    id: connectionId(id),
    system,
    url,
    restUrl: restUrl ?? null,
    settings: upstreamOf(system).settings.parse(settings ?? {}),
  }
}

/** The connection that a command is meant for: that of its intent, else the one named, else the only one that has the command. Fails with `usage`. */
export function connectionMeant(
  { command, connection }: Pick<Order, 'command' | 'connection'>,
  intent: Pick<Intent, 'connection'> | null,
  entries: readonly ProfileConnection[],
): string {
  if (intent !== null) return intent.connection
  if (connection !== undefined) return connection
  const able = entries.filter(({ system }) =>
    upstreamOf(system).commands?.some(({ name }) => name === command),
  )
  const [only] = able
  if (only !== undefined && able.length === 1) return only.id
  throw new Failure('usage', `It is not said on which connection ${command} is meant.`, {
    tip: `Name it as "connection": ${(able.length > 0 ? able : entries).map(({ id }) => id).join(', ')}.`,
  })
}
