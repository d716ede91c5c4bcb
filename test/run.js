/**
 * `npm test`: sets the machine up, then runs every suite and prints the sum. Plain JavaScript, because it runs before
 * anything is built. Its last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = join(root, 'node_modules', '.cache', 'reports')
// The Node that came with the packages goes first, whichever Node started this file.
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` }
const total = { passed: 0, failed: 0, skipped: 0 }

function run(command, args) {
  process.stdout.write(`\n> ${[command, ...args].join(' ')}\n`)
  return spawnSync(command, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })
}

function step(name, args) {
  const isGood = run('npm', ['run', '--silent', name, ...args]).status === 0
  total[isGood ? 'passed' : 'failed'] += 1
  return isGood
}

function suite(name, args) {
  const file = join(reports, `${name}.json`)
  rmSync(file, { force: true })
  const { status } = run('vitest', [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
  ])
  if (!existsSync(file)) {
    total.failed += 1
    return
  }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  total.passed += report.numPassedTests
  total.failed += report.numFailedTests
  total.skipped += report.numPendingTests + (report.numTodoTests ?? 0)
  // A suite that broke before its first test has no failed test to count.
  if (status !== 0 && report.numFailedTests === 0) total.failed += 1
}

mkdirSync(reports, { recursive: true })
run(process.execPath, [join(root, 'test', 'setup.js')])
for (const check of ['check:types', 'check:lint', 'check:layers', 'check:unused', 'check:format'])
  step(check, [])
suite('unit', [])
if (step('build', [])) suite('browser', ['--config', 'vitest.browser.config.ts'])

process.stdout.write(`\n${total.skipped} skipped; each says why above.\n`)
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = total.failed === 0 ? 0 : 1
