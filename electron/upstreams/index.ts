import type { SystemName } from '../../shared/intent/ids.ts'
import { Failure } from '../../shared/api/failure.ts'
import { defiApi } from './defi-api/index.ts'
import { flashnet } from './flashnet/index.ts'
import { fusion } from './fusion/index.ts'
import { oneinchFusion } from './oneinch-fusion/index.ts'
import { oneinchFusionPlus } from './oneinch-fusion-plus/index.ts'
import type { Upstream } from './upstream.ts'

/**
 * The register: every system that this console can watch, one line each. The types of their settings are set aside
 * here: whoever connects reads the settings by the `settings` of the same entry first.
 */
export const upstreams: readonly Upstream[] = [
  fusion as Upstream,
  oneinchFusion as Upstream,
  oneinchFusionPlus as Upstream,
  flashnet as Upstream,
  defiApi as Upstream,
]

/** What the console knows about one system. Fails with `usage` for a system that no adapter serves yet. */
export function upstreamOf(system: SystemName): Upstream {
  const found = upstreams.find((upstream) => upstream.system === system)
  if (found === undefined) {
    throw new Failure('usage', `This version of the console cannot watch ${system} yet.`, {
      tip: `Remove its connections from the profile; known here: ${upstreams.map((u) => u.system).join(', ')}.`,
      facts: { system },
    })
  }
  return found
}
