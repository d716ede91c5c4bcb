import type { CustomScheme } from 'electron'
import { isPagePath } from '../host/admission.ts'
import { readAsset } from '../host/assets.ts'
import { PLAIN_HEADERS } from '../host/securityHeaders.ts'
import { APP_SCHEME, isOurUrl } from './origin.ts'

/**
 * What the scheme may do: have an origin and count as safe, which modules and the clipboard ask for. Nothing else; above
 * all it does not pass by the content policy.
 */
export const APP_SCHEME_RIGHTS: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, codeCache: true },
}

/** The page talks to its engine over a port, so it may open no connection at all. */
const CONNECT_SOURCE = "'none'"

/** Makes the handler that answers requests of the scheme with the page's files, and strangers with an empty refusal. */
export function appHandler(assetsDir: string): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    if (!isOurUrl(url)) return refusal(403)
    if (method !== 'GET' && method !== 'HEAD') return refusal(405)
    const { pathname } = new URL(url)
    const asset = isPagePath(pathname) ? await readAsset(assetsDir, pathname, CONNECT_SOURCE) : null
    if (asset === null) return refusal(404)
    const body = method === 'HEAD' ? null : new Uint8Array(asset.body)
    return new Response(body, { headers: { ...PLAIN_HEADERS, ...asset.headers } })
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: PLAIN_HEADERS })
}
