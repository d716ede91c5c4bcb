import type { Site } from '../upstream.ts'

/** Where the end points of a gateway begin, whether or not the profile’s URL says `/api/v1` already. */
export function gatewayUrl({ restUrl, url }: Pick<Site['connection'], 'restUrl' | 'url'>): string {
  return (restUrl ?? url)
    .replace(/^ws/, 'http')
    .replace(/\/+$/, '')
    .replace(/\/api\/v1$/, '')
}
