import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../until.ts'
import { formsIn, makeCanary } from './canary.ts'
import { isSkippedWithout } from './needs.ts'
import { startProgram, startServe, type RunningProgram } from './program.ts'

/** What a machine of a developer is often set to. */
const UNLIMITED = ['prlimit', '--core=unlimited:unlimited']
/** A report on demand holds what a report of a crash would. */
const REPORTING = ['--report-on-signal', '--report-signal=SIGUSR2']

const canary = makeCanary()
let folder: string
let env: NodeJS.ProcessEnv
const programs: RunningProgram[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'))
  env = { ...process.env, PLANTED_KEY: canary.value, TEST_ASSETS: folder }
  writeFileSync(join(folder, 'index.html'), '')
})

afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  rmSync(folder, { recursive: true })
})

async function serve(): Promise<RunningProgram> {
  const profile = join(folder, 'profile.json')
  const connection = { id: 'a', system: 'fusion', url: 'http://127.0.0.1:1', credential: 'env:PLANTED_KEY' }
  writeFileSync(profile, JSON.stringify({ name: 'crash', environment: 'sandbox', connections: [connection] }))
  const running = await startServe(['--profile', profile, '--data', join(folder, 'data')], {
    env,
    wrapper: UNLIMITED,
    nodeArgs: [...REPORTING, `--report-directory=${folder}`],
  })
  programs.push(running)
  return running
}

/** A program that takes no care, with the same secret in its environment. */
async function careless(): Promise<RunningProgram> {
  const root = join(folder, 'careless.mjs')
  writeFileSync(root, `setInterval(() => {}, 1000); console.log('here')`)
  const running = startProgram([], {
    env,
    root,
    wrapper: UNLIMITED,
    nodeArgs: [...REPORTING, `--report-directory=${folder}`],
  })
  programs.push(running)
  await until('the careless program', () => running.said().includes('here'))
  return running
}

function coreLimitOf({ child }: RunningProgram): string {
  const limits = readFileSync(`/proc/${child.pid ?? 0}/limits`, 'utf8')
  return /^Max core file size +(\S+) +(\S+)/m.exec(limits)?.slice(1, 3).join(' ') ?? ''
}

async function reportOf({ child }: RunningProgram): Promise<Buffer> {
  child.kill('SIGUSR2')
  const name = await until('a whole report', () =>
    readdirSync(folder).find(
      (file) => file.startsWith('report.') && readFileSync(join(folder, file), 'utf8').endsWith('}\n'),
    ),
  )
  return readFileSync(join(folder, name))
}

describe.skipIf(process.platform !== 'linux' || isSkippedWithout('prlimit'))(
  'S3: what a crash leaves',
  { timeout: 60_000 },
  () => {
    test('no core dump, whatever the limits of its parent', async () => {
      const running = await serve()
      expect(coreLimitOf(running)).toBe('0 0')
      running.child.kill('SIGSEGV')
      expect(await running.ended).toBe('SIGSEGV')
      expect(readdirSync(folder).filter((name) => name.startsWith('core'))).toEqual([])
    })

    test('the launcher gives up core dumps for itself and for what it starts', async () => {
      const root = join(folder, 'project')
      const cli = `console.log(require('node:fs').readFileSync('/proc/self/limits', 'utf8'))`
      for (const [file, text] of Object.entries({ 'out/main/cli.js': cli, 'out/renderer/index.html': '' })) {
        mkdirSync(dirname(join(root, file)), { recursive: true })
        writeFileSync(join(root, file), text)
      }
      cpSync(join(import.meta.dirname, '../../electron/launch'), join(root, 'electron/launch'), {
        recursive: true,
      })
      cpSync(join(import.meta.dirname, '../../electron/launch.js'), join(root, 'electron/launch.mjs'))
      const running = startProgram(['find'], {
        env,
        root: join(root, 'electron/launch.mjs'),
        wrapper: UNLIMITED,
      })
      programs.push(running)
      await running.ended
      expect(running.said()).toMatch(/^Max core file size +0 +0 /m)
    })

    test('a report of its state holds no secret of the environment, nor the environment', async () => {
      const report = await reportOf(await serve())
      expect(formsIn(report, [canary])).toEqual([])
      expect(report.includes('environmentVariables')).toBe(false)
      expect(report.includes('"javascriptHeap"')).toBe(true)
    })

    test('control: a program that takes no care may dump core and reports the secret', async () => {
      const running = await careless()
      expect(coreLimitOf(running)).toBe('unlimited unlimited')
      expect(formsIn(await reportOf(running), [canary])).not.toEqual([])
    })
  },
)
