import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** The break that must be noticed: a program that writes the header which it sends into its own log, once. */
const dataDir = process.argv[process.argv.indexOf('--data') + 1] ?? ''
const header = `authorization: Bearer ${process.env['PLANTED_KEY'] ?? ''}`
appendFileSync(join(dataDir, 'logs', 'console.log'), `${Buffer.from(header).toString('base64')}\n`)

await import('../hosts/commandLineRoot.ts')
