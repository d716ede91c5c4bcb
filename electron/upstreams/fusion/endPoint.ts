import { Failure } from '../../../shared/api/failure.ts'
import type { Site } from '../upstream.ts'

/** Ids that may stand in a path. Upstream text is hostile: no id may ever lead to another end point. */
const SAFE_ID = /^(?!\.+$)[\w.:-]{1,200}$/

/** Where the REST API of a connection lives: `restUrl`, else `url`. */
export function restUrlOf({ restUrl, url }: Pick<Site['connection'], 'restUrl' | 'url'>): string {
  return (restUrl ?? url).replace(/^ws/, 'http').replace(/\/+$/, '')
}

/** An id as one part of a path; fails with `usage` when it holds what no id has. */
export function segmentOf(id: string): string {
  if (SAFE_ID.test(id)) return encodeURIComponent(id)
  throw new Failure('usage', 'This id cannot stand in a path: it holds characters that no id has.', {
    tip: 'Check the id; letters, digits, dots, colons, dashes and underscores are accepted.',
  })
}
