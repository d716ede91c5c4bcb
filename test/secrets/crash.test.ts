import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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

/** Arguments of `serve` on a profile with the secret in it. */
function onProfile(): string[] {
  const profile = join(folder, 'profile.json')
  const connection = { id: 'a', system: 'fusion', url: 'http://127.0.0.1:1', credential: 'env:PLANTED_KEY' }
  writeFileSync(profile, JSON.stringify({ name: 'crash', environment: 'sandbox', connections: [connection] }))
  return ['--profile', profile, '--data', join(folder, 'data')]
}

async function serve(): Promise<RunningProgram> {
  const running = await startServe(onProfile(), { env, wrapper: UNLIMITED, nodeArgs: nodeArgs() })
  programs.push(running)
  return running
}

/** Reports and debuggers of their own place and port, so that tests do not meet. */
function nodeArgs(): string[] {
  return [...REPORTING, `--report-directory=${folder}`, '--inspect-port=0']
}

/** A program that takes no care, with the same secret in its environment. */
async function careless(flags = nodeArgs()): Promise<RunningProgram> {
  const root = join(folder, 'careless.mjs')
  writeFileSync(
    root,
    `globalThis.kept = process.env.PLANTED_KEY; setInterval(() => {}, 1000); console.log('here')`,
  )
  const running = startProgram([], { env, root, wrapper: UNLIMITED, nodeArgs: flags })
  programs.push(running)
  await until('the careless program', () => running.said().includes('here'))
  return running
}

function coreLimitOf({ child }: RunningProgram): string {
  const limits = readFileSync(`/proc/${child.pid ?? 0}/limits`, 'utf8')
  return /^Max core file size +(\S+) +(\S+)/m.exec(limits)?.slice(1, 3).join(' ') ?? ''
}

/** A snapshot of memory in the folder, once it can be read to its end. */
function snapshot(): Buffer | undefined {
  const name = readdirSync(folder).find((file) => file.endsWith('.heapsnapshot'))
  const bytes = name === undefined ? undefined : readFileSync(join(folder, name))
  return bytes?.toString('latin1').trimEnd().endsWith('}') === true ? bytes : undefined
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

    test.each(['--heapsnapshot-signal=SIGUSR2', '--heapsnapshot-near-heap-limit=1'])(
      'does not start when Node is to write its memory to the disk (%s), by whichever way it was told',
      async (flag) => {
        for (const how of [{ env, nodeArgs: [flag] }, { env: { ...env, NODE_OPTIONS: flag } }]) {
          const running = startProgram(['serve', '--host', 'browser', '--no-open', ...onProfile()], how)
          programs.push(running)
          expect(await running.ended).toBe(2)
          expect(running.said()).toMatch(/^A snapshot of memory would hold every credential: start again/)
        }
        expect(existsSync(join(folder, 'data'))).toBe(false)
      },
    )

    test('control: a program that takes no care writes the secret into its snapshot', async () => {
      const running = await careless(['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${folder}`])
      running.child.kill('SIGUSR2')
      expect(formsIn(await until('a whole snapshot', snapshot), [canary])).not.toEqual([])
    })

    test('no signal opens a debugger, with which others could read its memory', async () => {
      const running = await serve()
      running.child.kill('SIGUSR1')
      await reportOf(running)
      running.child.kill('SIGTERM')
      expect(await running.ended).toBe(0)
      expect(running.said()).not.toContain('Debugger')
    })

    test('control: a program that takes no care opens it', async () => {
      const running = await careless()
      running.child.kill('SIGUSR1')
      await until('the debugger', () => running.said().includes('Debugger listening'))
    })
  },
)
