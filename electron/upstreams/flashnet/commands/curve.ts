import { createRequire } from 'node:module'
import type * as Curves from '@noble/curves/secp256k1.js'

/** The curve of every signature here, loaded when one is first looked at: no start should wait for it. */
export function curve(): typeof Curves.secp256k1 {
  const curves = createRequire(import.meta.url)('@noble/curves/secp256k1.js') as typeof Curves
  return curves.secp256k1
}
