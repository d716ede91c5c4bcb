import type { Command } from 'commander'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import { formatAgo } from '../../shared/intent/time.ts'
import { dataOption, jsonOption, profileOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'
import { alignColumns } from './table.ts'

/** Options of `connections`, as commander reads them. */
export interface ConnectionsOptions {
  data?: string
  profile?: string
  json?: true
}

/** Adds `connections`: what the journal knows of each connection of the profile last used with the folder. */
export function addConnections(program: Command, surroundings: Surroundings): void {
  program
    .command('connections')
    .description('each connection: presence, last received, gaps, quarantined, unknown words')
    .addOption(dataOption())
    .addOption(profileOption())
    .addOption(jsonOption())
    .action(async (options: ConnectionsOptions) => {
      // Loaded here, so that a quick command does not pay for the engine.
      const { readSummaries } = await import('./summaries.ts')
      const summaries = await readSummaries(options, surroundings)
      const nowMs = surroundings.clock.nowMs()
      const lines = options.json ? summaries.map((one) => JSON.stringify(one)) : tableOf(summaries, nowMs)
      for (const line of lines) surroundings.print(line)
    })
}

function tableOf(summaries: readonly ConnectionSummary[], nowMs: number): string[] {
  const heading = [
    'CONNECTION',
    'SYSTEM',
    'PRESENCE',
    'LAST RECEIVED',
    'OPEN',
    'GAPS',
    'QUARANTINED',
    'UNKNOWN',
  ]
  const rows = summaries.map(({ id, label, presence, openIntentCount, gaps, quarantinedCount, drift }) => [
    id,
    label,
    [presence.state, presence.reason].filter((part) => part !== '').join(': '),
    presence.lastReceivedAtMs === null ? 'never' : formatAgo(presence.lastReceivedAtMs, nowMs),
    String(openIntentCount),
    String(gaps.length),
    String(quarantinedCount),
    drift.map(({ what, count }) => `${what} (${String(count)})`).join(', ') || '-',
  ])
  return alignColumns(heading, rows)
}
