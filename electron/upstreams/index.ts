import type { SystemName } from '../../shared/intent/ids.ts'
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
const bySystem: Record<SystemName, Upstream> = {
  fusion: fusion as Upstream,
  'oneinch-fusion': oneinchFusion as Upstream,
  'oneinch-fusion-plus': oneinchFusionPlus as Upstream,
  flashnet: flashnet as Upstream,
  'defi-api': defiApi as Upstream,
}

/** All systems, in the order of the register. */
export const upstreams: readonly Upstream[] = Object.values(bySystem)

/** What the console knows about one system. */
export function upstreamOf(system: SystemName): Upstream {
  return bySystem[system]
}
