/**
 * `npm test`: sets the machine up, then runs every suite and prints the sum. Plain JavaScript, because it runs before
 * anything is built. Its last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = join(root, 'node_modules', '.cache', 'reports')
// The Node that came with the packages goes first, whichever Node started this file.
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` }
/** How much of a failed test's reason stands above the sum, lines. */
const SHOWN_LINES = 6
const total = { passed: 0, failed: 0, skipped: 0 }
/** What failed, in words, to stand together above the sum, wherever in the output it happened. */
const failures = []

function run(command, args) {
  process.stdout.write(`\n> ${[command, ...args].join(' ')}\n`)
  return spawnSync(command, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })
}

function step(name, args) {
  const isGood = run('npm', ['run', '--silent', name, ...args]).status === 0
  total[isGood ? 'passed' : 'failed'] += 1
  if (!isGood) failures.push(name)
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
    failures.push(`${name}: the suite ended without a report`)
    return
  }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  total.passed += report.numPassedTests
  total.skipped += report.numPendingTests + (report.numTodoTests ?? 0)
  const failed = report.testResults.flatMap(failuresIn)
  // An error outside of all files, as of a hook that is shared, leaves no file to name.
  if (status !== 0 && failed.length === 0) failed.push(`${name}: see "Unhandled Errors" above`)
  total.failed += failed.length
  failures.push(...failed)
}

/** What failed in a file of a report of Vitest, a text each; a file whose process died has no failed test to name. */
function failuresIn({ name, status, message, assertionResults }) {
  const file = relative(root, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (status === 'failed' && failed.length === 0) return [`${file} ended before its tests did. ${message}`]
  return failed.map(({ fullName, failureMessages }) => {
    const why = failureMessages.join('\n').split('\n').slice(0, SHOWN_LINES)
    return [`${file} > ${fullName}`, ...why].join('\n    ')
  })
}

mkdirSync(reports, { recursive: true })
run(process.execPath, [join(root, 'test', 'setup.js')])
for (const check of ['check:types', 'check:lint', 'check:layers', 'check:unused', 'check:format'])
  step(check, [])
suite('unit', [])
if (step('build', [])) suite('browser', ['--config', 'vitest.browser.config.ts'])

if (failures.length > 0) process.stdout.write(`\nFailed:\n  ${failures.join('\n  ')}\n`)
process.stdout.write(`\n${total.skipped} skipped; each says why above.\n`)
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = total.failed === 0 ? 0 : 1
