import { execFile } from 'node:child_process'

/**
 * Longest wait for an answer from the bus, milliseconds: who answers does so in a few, but on a machine that is busy its
 * program takes seconds to start; a stopped keyring never answers.
 */
const ANSWER_MS = 5_000

/** One method of one object on the user's message bus. Arguments and answers are texts. */
export interface BusCall {
  destination: string
  path: string
  /** Interface and method in one, with a dot. */
  method: string
  args: readonly string[]
}

/** Why the bus gave no answer. `tool` none of the programs that can ask it is installed. */
export class BusFailure extends Error {
  readonly kind: 'tool' | 'bus' | 'service' | 'object' | 'silence' | 'other'

  constructor(kind: BusFailure['kind'], message: string) {
    super(message)
    this.name = 'BusFailure'
    this.kind = kind
  }
}

/** Asks the user's message bus; rejects with a `BusFailure`. */
export type AskBus = (call: BusCall) => Promise<string>

/** The programs that can ask the bus: GLib's, which GNOME brings, and systemd's. The first one installed is used. */
const TOOLS: { command: string; args: (call: BusCall) => string[] }[] = [
  {
    command: 'gdbus',
    args: ({ destination, path, method, args }) => [
      ...['call', '--session', '--dest', destination, '--object-path', path, '--method', method, ...args],
    ],
  },
  {
    command: 'busctl',
    args: ({ destination, path, method, args }) => {
      const dot = method.lastIndexOf('.')
      const signature = args.length === 0 ? [] : ['s'.repeat(args.length), ...args]
      const names = [destination, path, method.slice(0, dot), method.slice(dot + 1)]
      return ['--user', 'call', ...names, ...signature]
    },
  },
]

/** Makes the asker of the bus that the environment names; after the signal it gives up at once. */
export function sessionBus(env: NodeJS.ProcessEnv, signal: AbortSignal): AskBus {
  return async (call) => {
    for (const tool of TOOLS) {
      try {
        return await run(tool.command, tool.args(call), { env, signal })
      } catch (error) {
        if (!(error instanceof BusFailure) || error.kind !== 'tool') throw error
      }
    }
    throw new BusFailure('tool', 'neither gdbus nor busctl is installed')
  }
}

function run(
  command: string,
  args: string[],
  { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    // In the C locale the errors are the ones that are told apart below.
    const limits = { timeout: ANSWER_MS, killSignal: 'SIGKILL', signal } as const
    execFile(command, args, { ...limits, env: { ...env, LC_ALL: 'C' } }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim())
      else if (error.code === 'ENOENT') reject(new BusFailure('tool', `${command} is not installed`))
      else if (error.killed === true || signal.aborted) reject(new BusFailure('silence', 'no answer in time'))
      else reject(new BusFailure(kindOf(stderr), stderr.trim()))
    })
  })
}

/** What went wrong, by the words of the bus. */
function kindOf(words: string): BusFailure['kind'] {
  if (/UnknownMethod|UnknownObject|Object does not exist|Unknown object/i.test(words)) return 'object'
  if (/ServiceUnknown|NameHasNoOwner|not provided by any|not activatable|Spawn/i.test(words)) return 'service'
  if (/Timeout|NoReply|timed out/i.test(words)) return 'silence'
  if (/error connecting|autolaunch|failed to connect|DBUS_SESSION_BUS_ADDRESS|no medium/i.test(words)) {
    return 'bus'
  }
  return 'other'
}
