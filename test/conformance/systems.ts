import { defiApiSystem } from './defiApiSystem.ts'
import { flashnetSystem } from './flashnetSystem.ts'
import { fusionSystem } from './fusionSystem.ts'
import { oneinchFusionPlusSystem } from './oneinchFusionPlusSystem.ts'
import { oneinchFusionSystem } from './oneinchFusionSystem.ts'
import type { SystemBench } from './systemBench.ts'

/** The other end of every system of the register, by name. The suite fails for a system that has none. */
export const systems: Record<string, SystemBench> = {
  fusion: fusionSystem,
  'oneinch-fusion': oneinchFusionSystem,
  'oneinch-fusion-plus': oneinchFusionPlusSystem,
  flashnet: flashnetSystem,
  'defi-api': defiApiSystem,
}
