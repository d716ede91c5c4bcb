import type { ActionRecord, Gate, OfferedCommand } from '../../../shared/api/action.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import { isSameThing, type Thing } from '../../../shared/api/sameThing.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { About, Command } from '../../upstreams/command.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { Store } from '../../store/store.ts'
import type { Connection } from '../connection.ts'
import type { Connections } from '../connections.ts'
import {
  connectionConditions,
  credentialConditions,
  evaluated,
  namedConditions,
  standingOf,
} from './conditions.ts'
import { siteOf } from './register.ts'
import { isApprovalNeeded, unsettled } from './worked.ts'

/** What an offer is made from. */
export interface OfferSources {
  store: Pick<Store, 'intent' | 'openActions'>
  connections: Connections
  clock: Clock
  profile: () => Profile
  gate: () => Gate
}

/** The commands that an intent, or a connection without one, offers now. Reads what is known; asks no system. */
export async function offered(
  sources: OfferSources,
  { intent: id, connection: name }: { intent?: string | undefined; connection?: string | undefined },
): Promise<{ gate: Gate; commands: OfferedCommand[] }> {
  const { store, connections } = sources
  const gate = sources.gate()
  const intent = id === undefined ? null : await store.intent(id)
  const wanted = intent?.connection ?? name
  const connection = connections.all().find((one) => one.id === wanted)
  if (connection === undefined) return { gate, commands: [] }
  const open = await store.openActions()
  const commands = (connection.upstream.commands ?? []).filter((command) => isAbout(command, intent))
  return {
    gate,
    commands: await Promise.all(
      commands.map((command) => offer(sources, { command, connection, intent, open })),
    ),
  }
}

/** A command that needs no intent and takes nothing from one belongs to the connection. */
function isAbout({ isIntentNeeded, fields }: Command, intent: Intent | null): boolean {
  if (intent === null) return !isIntentNeeded
  return isIntentNeeded || fields.some(({ prefill }) => prefill !== undefined)
}

interface Offering {
  command: Command
  connection: Connection
  intent: Intent | null
  open: readonly ActionRecord[]
}

async function offer(
  { clock, profile, gate }: OfferSources,
  { command, connection, intent, open }: Offering,
): Promise<OfferedCommand> {
  const pending = pendingOf(command, intent, open)
  const about: About = { intent, connection: siteOf(connection.profile), nowMs: clock.nowMs() }
  const isHeld = connection.link()?.send !== undefined
  const preconditions = [
    ...connectionConditions({ isHeld, presence: connection.presence() }),
    ...credentialConditions(connection.credential()),
    ...namedConditions(command, intent),
    ...(await evaluated(command.preconditions, about)),
    ...(pending === null ? [] : [unsettled(pending)]),
  ]
  const standing = standingOf(preconditions)
  const { isOpen, why, tip } = gate()
  const isShut = command.effect === 'changes' && !isOpen
  return {
    name: command.name,
    words: command.words,
    effect: command.effect,
    ...(standing.isOpen && isShut
      ? { isOpen: false, why: `${why} ${tip}`.trim(), opensAtMs: null }
      : standing),
    preconditions,
    fields: command.fields.map(({ prefill, ...field }) => ({
      ...field,
      prefill: intent === null ? null : (prefill?.(intent) ?? null),
    })),
    expected: command.expected,
    repeats: command.repeats,
    warning: command.warning,
    needsApproval: isApprovalNeeded(command, profile().approvals),
    pending,
  }
}

function pendingOf(
  { kind, effect }: Command,
  intent: Intent | null,
  open: readonly ActionRecord[],
): string | null {
  if (intent === null || effect === 'reads') return null
  const [subject = '', ...names] = intent.aliases.map(({ value }) => value)
  const thing: Thing = { system: intent.system, kind, subject, names }
  return open.find((action) => isSameThing(action, thing))?.id ?? null
}
