import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from '../until.ts'

/** Root of the command line with a page of the suite's own. */
export const PROGRAM = fileURLToPath(new URL('../hosts/commandLineRoot.ts', import.meta.url))

/** How a program is started. */
export interface ProgramOptions {
  env: NodeJS.ProcessEnv
  /** Default: the command line. */
  root?: string
  /** Before the root; for Node itself. */
  nodeArgs?: readonly string[]
  /** A program that starts it, with its arguments. */
  wrapper?: readonly string[]
  /** Given on stdin, which then ends. */
  input?: string
}

/** A program under way and all that it said on both streams. */
export interface RunningProgram {
  child: ChildProcess
  said: () => string
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string | null>
}

/** Starts the command line, or another root, as a process of its own. */
export function startProgram(args: readonly string[], options: ProgramOptions): RunningProgram {
  const { env, root = PROGRAM, nodeArgs = [], wrapper = [], input } = options
  const [command = process.execPath, ...rest] = [...wrapper, process.execPath, ...nodeArgs, root, ...args]
  const child = spawn(command, rest, { env, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  // One that ends without reading it is judged by what it says.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string | null)
  return { child, said: () => said, ended }
}

/** Runs a command to its end; fails with what it said when it does not end with the expected code. */
export async function runProgram(
  args: readonly string[],
  options: ProgramOptions & { expected?: number },
): Promise<string> {
  const { ended, said } = startProgram(args, options)
  const code = await ended
  if (code !== (options.expected ?? 0)) throw new Error(`${args.join(' ')} ended with ${code}: ${said()}`)
  return said()
}

/** Starts `serve` and waits until it is ready. */
export async function startServe(args: readonly string[], options: ProgramOptions): Promise<RunningProgram> {
  const serve = startProgram(['serve', '--host', 'browser', '--no-open', ...args], options)
  await until('the console to be ready', () => {
    if (serve.child.exitCode !== null) throw new Error(`It ended: ${serve.said()}`)
    return /^ready /m.test(serve.said())
  })
  return serve
}
