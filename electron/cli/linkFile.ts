import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes of chance in the file's name: two consoles that start at once do not meet. */
const NAME_BYTES = 6

/**
 * Writes a page that leads on to `url` and that only this account can read; answers where it is. A browser is handed its
 * place, because what a program is started with can be read by everybody on the machine. Throws when the disk refuses.
 */
export function writeLinkFile(folder: string, url: string): string {
  const file = join(folder, `intent-console-${randomBytes(NAME_BYTES).toString('hex')}.html`)
  writeFileSync(file, pageTo(url), { mode: 0o600, flag: 'wx' })
  return file
}

/** Removes a link file; one that is gone already is as good. */
export function removeLinkFile(file: string): void {
  rmSync(file, { force: true })
}

/** Needs no script, and its reader is told nothing of where it was. `url` is ours: it has no character that needs escaping. */
function pageTo(url: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${url}">
<title>Intent Console</title>
<p><a href="${url}">Open the Intent Console</a></p>
`
}
