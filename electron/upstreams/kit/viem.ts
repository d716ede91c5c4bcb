import { createRequire } from 'node:module'
import type * as ViemUtils from 'viem/utils'

/** viem's encoders, loaded when they are first asked for: it takes a fifth of a second, which no start should wait for. */
export function viem(): typeof ViemUtils {
  return createRequire(import.meta.url)('viem/utils') as typeof ViemUtils
}
