import type { CredentialStatus } from '../../shared/api/credential.ts'
import type { ConnectionSummary, Presence } from '../../shared/api/presence.ts'
import type { ProfileConnection } from '../../shared/api/profile.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import type { ConnectionRecord } from '../store/store.ts'
import type { Command } from '../upstreams/command.ts'
import { upstreamOf } from '../upstreams/index.ts'

/** What one summary is made of. */
export interface SummarySources {
  profile: ProfileConnection
  presence: Presence
  /** What the journal knows; undefined before the first event. */
  record: ConnectionRecord | undefined
  isHeldHere: boolean
  /** How its credential fares; null when nobody looked. */
  credential: CredentialStatus | null
  watched: readonly string[]
}

/** One connection as the screens and `connections --json` show it. */
export function summaryOf(sources: SummarySources): ConnectionSummary {
  const { profile, presence, record } = sources
  const upstream = upstreamOf(profile.system)
  return {
    id: connectionId(profile.id),
    system: profile.system,
    label: upstream.label,
    url: profile.url,
    presence,
    isHeldHere: sources.isHeldHere,
    credential: credentialOf(profile.credential, sources.credential),
    capabilities: [...upstream.capabilities, ...(upstream.commands ?? []).map(offeredHere)],
    gaps: record?.gaps ?? [],
    eventCount: record?.eventCount ?? 0,
    repeatCount: record?.repeatCount ?? 0,
    eventsPerMinute: record?.eventsPerMinute ?? [],
    quarantinedCount: record?.quarantinedCount ?? 0,
    drift: record?.drift ?? [],
    log: record?.log ?? [],
    openIntentCount: record?.openIntentCount ?? 0,
    watched: [...sources.watched],
  }
}

function offeredHere({ name, words }: Command): ConnectionSummary['capabilities'][number] {
  return { name, words, isOffered: true, why: '' }
}

function credentialOf(written: string, found: CredentialStatus | null): ConnectionSummary['credential'] {
  const kind = written === 'none' || written === 'keychain' ? written : 'env'
  if (found === null) return { kind, isPresent: false }
  return { kind, isPresent: found.state === 'present', state: found.state, why: found.why }
}
