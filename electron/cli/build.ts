import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Build } from './surroundings.ts'

/** Where the parts are for a root at `rootFile`: sources run as they are under Node; the build lies one folder deeper. */
export function buildAround(rootFile: string): Build {
  const isSource = rootFile.endsWith('.ts')
  const folder = dirname(rootFile)
  const root = join(folder, isSource ? '..' : '../..')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return {
    version,
    root,
    workerUrl: pathToFileURL(join(folder, isSource ? 'worker.ts' : 'worker.js')),
    keychainUrl: pathToFileURL(join(folder, isSource ? 'keychain.ts' : 'keychain.js')),
    assetsDir: join(root, 'out', 'renderer'),
  }
}
