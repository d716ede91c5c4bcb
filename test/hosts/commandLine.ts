import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'

/** How a command ended. */
interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A command under way. */
interface Running {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  ended: Promise<Ended>
}

/** A scratch folder with a page in it, and the command line to run on it. */
export interface Bench {
  folder: string
  /** Added to the environment of every command that is started from now on. */
  env: Record<string, string>
  start: (...args: string[]) => Running
  run: (...args: string[]) => Promise<Ended>
  /** Starts `serve` and waits for its ready line. */
  serve: (...args: string[]) => Promise<Running & { url: string }>
  /** Ends what still runs and removes the folder. */
  clear: () => Promise<void>
}

/** Starting takes a second or two on a busy machine; beyond this it hangs, milliseconds. */
const READY_MS = 15_000

/** Prepares a scratch folder for real child processes of the command line, as it is unless another root is given. */
export function openBench(commandLine = new URL('./commandLineRoot.ts', import.meta.url)): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'command-line-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Test</title>')
  const all: Running[] = []
  const added: Record<string, string> = {}

  function start(...args: string[]): Running {
    const root = fileURLToPath(commandLine)
    const env = { ...process.env, TEST_ASSETS: folder, XDG_DATA_HOME: join(folder, 'share'), ...added }
    const child = spawn(process.execPath, [root, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code) => {
        resolve({ code, stdout, stderr })
      })
    })
    const running = { child, stdout: () => stdout, stderr: () => stderr, ended }
    all.push(running)
    return running
  }

  async function serve(...args: string[]): Promise<Running & { url: string }> {
    const running = start('serve', '--host', 'browser', '--no-open', ...args)
    await vi.waitUntil(() => running.stdout().includes('\n') || running.child.exitCode !== null, {
      timeout: READY_MS,
    })
    const url = /^ready (\S+)\n$/.exec(running.stdout())?.[1]
    if (url === undefined) throw new Error(`no ready line: ${running.stdout()}${running.stderr()}`)
    return { ...running, url }
  }

  return {
    folder,
    env: added,
    start,
    run: (...args) => start(...args).ended,
    serve,
    clear: async () => {
      for (const { child } of all) child.kill('SIGKILL')
      await Promise.all(all.map(({ ended }) => ended))
      rmSync(folder, { recursive: true })
    },
  }
}
