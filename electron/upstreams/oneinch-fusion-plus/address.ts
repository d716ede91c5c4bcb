import type { Site } from '../upstream.ts'
import type { FusionPlusSettings } from './index.ts'

/** Path of the documented socket and of everything beside it. */
const PREFIX = '/fusion-plus'

const VERSION = /\/v\d+(?:\.\d+)?$/

type Connection = Pick<Site<FusionPlusSettings>['connection'], 'url' | 'restUrl' | 'settings'>

/** Where the socket is: the documented base with the version behind it, unless a version stands there already. */
export function socketUrlOf({ url, settings }: Connection): string {
  const place = new URL(url.replace(/^http/, 'ws'))
  const path = trimmed(place.pathname)
  const base = path === '' ? `${PREFIX}/ws` : path
  place.pathname = VERSION.test(base) ? base : `${base}/${settings.apiVersion}`
  return place.href
}

/** Where the readings are: `restUrl`, else the host of the socket, each with the documented prefix unless it is there. */
export function restUrlOf({ url, restUrl }: Connection): string {
  const place = new URL((restUrl ?? url).replace(/^ws/, 'http'))
  const path = trimmed(place.pathname)
  const cut = restUrl === null ? path.replace(/\/ws(?:\/.*)?$/, '') : path.replace(/\/orders(?:\/.*)?$/, '')
  const base = trimmed(cut)
  return place.origin + (base.endsWith(PREFIX) ? base : base + PREFIX)
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '')
}
