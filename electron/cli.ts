import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess } from './cli/process.ts'

/** Sources run as they are under Node; the build lies one folder deeper. */
const isSource = import.meta.filename.endsWith('.ts')
const root = join(import.meta.dirname, isSource ? '..' : '../..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

await runProcess({
  version,
  root,
  workerUrl: new URL(isSource ? './worker.ts' : './worker.js', import.meta.url),
  assetsDir: join(root, 'out', 'renderer'),
})
