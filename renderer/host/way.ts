import { hostBridge } from './bridge.ts'
import { openCarrier, type Carrier } from './carrier.ts'
import { openPortCarrier } from './portCarrier.ts'
import { onNewToken, takeToken } from './token.ts'

/**
 * How this page reaches its engine: over a port in the desktop window, over a socket in a browser. Null in a browser without
 * the token of a run. A link that is opened later in the same tab begins the page anew.
 */
export function findWay(): (() => Promise<Carrier>) | null {
  const bridge = hostBridge()
  if (bridge !== null) return () => openPortCarrier(bridge)
  onNewToken(() => {
    location.reload()
  })
  const token = takeToken()
  return token === null ? null : () => openCarrier(token)
}
