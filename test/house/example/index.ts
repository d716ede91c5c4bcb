import { z } from 'zod'
import type { Upstream } from '../../../electron/upstreams/upstream.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { SystemName } from '../../../shared/intent/ids.ts'
import type { Panel } from '../../../shared/intent/panel.ts'
import { normalise } from './normalise.ts'
import { exampleVocabulary } from './vocabulary.ts'

/** A sixth system, as small as one can be: orders read by their id, each sold in an auction. */
export const example: Upstream = {
  // A real one is named in SYSTEM_NAMES; this one stays out of what profiles and queries offer.
  system: 'example' as SystemName,
  label: 'Example',
  settings: z.strictObject({ watch: z.array(z.string()).default([]) }),
  credential: 'none',
  vocabulary: exampleVocabulary,
  capabilities: [{ name: 'watchIntent', isOffered: true, why: '' }],
  panels,
  normalise,
  load: async () => {
    const { connect } = await import('./connect.ts')
    return { connect, test: noSteps }
  },
}

function panels({ parts, deadlines }: Intent): Panel[] {
  const price = parts['auction']?.['price']
  const endsAtMs = deadlines.find(({ kind }) => kind === 'auctionEnd')?.atMs
  if (price === undefined || endsAtMs === undefined) return []
  const points = [
    { atMs: Number(price['startsAtMs']), value: price['from'] ?? '' },
    { atMs: endsAtMs, value: price['to'] ?? '' },
  ]
  return [{ title: 'Auction', blocks: [{ is: 'curve', caption: 'Price', unit: 'USDC', points }] }]
}

async function* noSteps(): AsyncGenerator<never> {
  // It has no credential and one reading, so there is nothing to test apart.
}
