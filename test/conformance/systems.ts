import { fusionSystem } from './fusionSystem.ts'
import type { SystemBench } from './systemBench.ts'

/** The other end of every system of the register, by name. The suite fails for a system that has none. */
export const systems: Record<string, SystemBench> = { fusion: fusionSystem }
