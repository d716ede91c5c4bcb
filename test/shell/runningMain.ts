import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Order } from './mainProcess.ts'

/** The console's main process with Electron stubbed, as a process of its own. */
export interface RunningMain {
  ask: (order: Order) => Promise<unknown>
  stdout: () => string
  stderr: () => string
  signal: (name: NodeJS.Signals) => void
  ended: Promise<number | null>
}

/** Starts it with a command line as the launcher does. */
export function startMain(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningMain {
  const file = fileURLToPath(new URL('./mainProcess.ts', import.meta.url))
  const child = spawn(process.execPath, [file, '--', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const waiting = new Map<number, (answer: Answer) => void>()
  child.on('message', (answer: Answer) => waiting.get(answer.number)?.(answer))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  void ended.then((code) => {
    const failure = `The main process ended with ${String(code)}. It said:\n${stderr}`
    for (const answer of waiting.values()) answer({ number: 0, failure })
  })
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        const number = waiting.size + 1
        waiting.set(number, ({ value, failure }) => {
          if (failure === undefined) resolve(value)
          else reject(new Error(failure))
        })
        child.send({ ...order, number }, (error) => {
          if (error !== null) reject(error)
        })
      }),
    stdout: () => stdout,
    stderr: () => stderr,
    signal: (name) => child.kill(name),
    ended,
  }
}
