import { join } from 'node:path'
import { runProcess } from '../../electron/cli/process.ts'

/** The command line as it is, with a page of the suite's own: the real one need not be built for these tests. */
await runProcess({
  version: '0.0.0-test',
  root: join(import.meta.dirname, '../..'),
  workerUrl: new URL('../../electron/worker.ts', import.meta.url),
  keychainUrl: new URL('../../electron/keychain.ts', import.meta.url),
  assetsDir: process.env['TEST_ASSETS'] ?? '',
})
