import { Failure } from '../../../shared/api/failure.ts'
import type { Trouble } from './keepConnected.ts'
import { redirected, retrying, troubleOfNetwork } from './trouble.ts'

/** What a failed reading means for the connection that it was made over. */
export function troubleOfReading(
  error: unknown,
  { url, credentialTip }: { url: string; credentialTip: string },
): Trouble {
  if (!(error instanceof Failure)) {
    const found = error instanceof Error ? error.message : String(error)
    return retrying(`Reading failed: ${found}`, 'This is a trouble of the console; it tries again by itself.')
  }
  const { message, tip, facts } = error
  const { httpStatus, pauseMs, isRedirect } = facts
  if (isRedirect === 1) return redirected(url)
  if (httpStatus === 401 || httpStatus === 403)
    return { state: 'needs-credentials', reason: message, tip: credentialTip }
  if (typeof pauseMs === 'number') return { ...retrying(message, tip), pauseMs }
  return troubleOfNetwork(message, url) ?? retrying(message, tip)
}
