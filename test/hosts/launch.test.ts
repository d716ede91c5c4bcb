import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** Says what it was given and waits for a signal when asked to. */
const PROGRAM = `
console.log(JSON.stringify(process.argv.slice(2)))
process.on('SIGTERM', () => { console.log('told'); process.exit(0) })
process.on('disconnect', () => { require('node:fs').writeFileSync(process.argv[3], 'alone'); process.exit(0) })
if (process.argv[2] === 'wait') setInterval(() => {}, 1000)
else process.exit(Number(process.argv[2] ?? 0))
`

/** Stands in for the build: takes a while, counts itself, and says something on both streams. */
const BUILD_TOOL = `
const fs = require('node:fs')
console.log('build says this on stdout')
fs.appendFileSync('builds.txt', 'x')
setTimeout(() => {
  fs.mkdirSync('out/main', { recursive: true })
  fs.mkdirSync('out/renderer', { recursive: true })
  fs.writeFileSync('out/renderer/index.html', '')
  fs.writeFileSync('out/main/cli.js', fs.readFileSync('program.txt'))
  process.exit(fs.existsSync('broken') ? 1 : 0)
}, 300)
`

let root: string
const children: ChildProcess[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'launch-'))
  write('program.txt', PROGRAM)
  write('node_modules/electron-vite/bin/electron-vite.js', BUILD_TOOL)
  for (const file of ['electron/cli.ts', 'shared/a.ts', 'renderer/index.html', 'package-lock.json'])
    write(file, '')
  cpSync(join(import.meta.dirname, '../../electron/launch.js'), join(root, 'electron/launch.mjs'))
  cpSync(join(import.meta.dirname, '../../electron/launch'), join(root, 'electron/launch'), {
    recursive: true,
  })
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function launch(...args: string[]) {
  return launchFrom(root, ...args)
}

function launchFrom(cwd: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'electron/launch.mjs'), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const heard = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString()))
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, ...heard })
    })
  })
  return { child, heard, ended }
}

const buildCount = (): number => readFileSync(join(root, 'builds.txt'), 'utf8').length

test('builds when the build is missing, on stderr, and then runs the program with its arguments and exit code', async () => {
  const first = await launch('7', '--flag', 'two words').ended
  expect([first.code, first.stdout]).toEqual([7, '["7","--flag","two words"]\n'])
  expect(first.stderr).toMatch(/^Building the console; this takes a few seconds.\n/)
  expect(first.stderr).toContain('build says this on stdout')
  const second = await launch('0').ended
  expect([second.code, second.stderr, buildCount()]).toEqual([0, '', 1])
})

test('a start from another folder builds all the same', async () => {
  const elsewhere = join(root, 'elsewhere')
  mkdirSync(elsewhere)
  const ended = await launchFrom(elsewhere, '7').ended
  expect([ended.code, ended.stdout, buildCount()]).toEqual([7, '["7"]\n', 1])
})

test('builds again when a source is newer than the build, and not for a test', async () => {
  await launch('0').ended
  const future = new Date(Date.now() + 60_000)
  write('shared/a.test.ts', '')
  utimesSync(join(root, 'shared'), 0, 0)
  utimesSync(join(root, 'shared/a.test.ts'), future, future)
  await launch('0').ended
  expect(buildCount()).toBe(1)
  utimesSync(join(root, 'shared/a.ts'), future, future)
  await launch('0').ended
  expect(buildCount()).toBe(2)
})

test('two starts at once build once', async () => {
  const both = await Promise.all([launch('0').ended, launch('0').ended])
  expect([both.map(({ code }) => code), buildCount()]).toEqual([[0, 0], 1])
})

test('a build that fails is one sentence more and exit code 1, and leaves no lock', async () => {
  write('broken', '')
  const failed = await launch('0').ended
  expect([failed.code, failed.stdout]).toEqual([1, ''])
  expect(failed.stderr).toContain('The build failed')
  rmSync(join(root, 'broken'))
  rmSync(join(root, 'out/main'), { recursive: true })
  expect((await launch('0').ended).code).toBe(0)
})

test('a packaged console, without sources, is run as it is', async () => {
  rmSync(join(root, 'electron/cli.ts'))
  write('out/main/cli.js', PROGRAM)
  const ended = await launch('0').ended
  expect([ended.code, ended.stderr]).toEqual([0, ''])
})

test('signals reach the program, and its end is that of the launcher', async () => {
  const { child, heard, ended } = launch('wait', join(root, 'alone'))
  await vi.waitUntil(() => heard.stdout.includes('wait'), { timeout: 10_000 })
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining('told') as string })
})

test('a program whose launcher is gone hears of it', async () => {
  const { child, heard } = launch('wait', join(root, 'alone'))
  await vi.waitUntil(() => heard.stdout.includes('wait'), { timeout: 10_000 })
  child.kill('SIGKILL')
  await vi.waitUntil(() => readFileSync(join(root, 'alone'), { encoding: 'utf8', flag: 'a+' }) === 'alone')
})

test.skipIf(process.platform === 'win32')('ends when the shell that npm started it in is gone', async () => {
  const env = { ...process.env, npm_lifecycle_event: 'start' }
  const script = `'${process.execPath}' electron/launch.mjs wait '${join(root, 'alone')}'; true`
  const shell = spawn('sh', ['-c', script], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(shell)
  let stdout = ''
  shell.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  await vi.waitUntil(() => stdout.includes('wait'), { timeout: 10_000 })
  shell.kill('SIGKILL')
  await vi.waitUntil(() => stdout.includes('told'), { timeout: 5_000 })
})
