import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { KeytarCall, KeytarCalls, KeytarReply } from './keytarCalls.ts'
import { createTurns } from './turns.ts'

/** Patience with a keychain that asks its owner for a password first, milliseconds. */
const ANSWER_MS = 30_000

/** How long the process waits for another call, milliseconds: a burst of calls shares one, and then its memory is free again. */
const IDLE_MS = 30_000

/** Where the process is and how patient its owner. */
export interface KeytarChildOptions {
  /** File of `electron/keychain.ts`, built or not. */
  url: URL
  env: NodeJS.ProcessEnv
  answerMs?: number
}

/** Asks the keychain in a process of its own, which is ended when it does not answer in time. */
export function startKeytarChild({ url, env, answerMs = ANSWER_MS }: KeytarChildOptions): KeytarCalls {
  const inTurn = createTurns()
  let child: ChildProcess | null = null
  let idle: NodeJS.Timeout | undefined
  let isClosed = false

  function end(): void {
    clearTimeout(idle)
    child?.kill('SIGKILL')
    child = null
  }

  function endWhenIdle(): void {
    if (!isClosed) idle = setTimeout(end, IDLE_MS).unref()
  }

  function start(): ChildProcess {
    const started = fork(fileURLToPath(url), [], {
      // What the desktop's executable needs to be plain Node; means nothing to Node itself.
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    started.unref()
    started.channel?.unref()
    for (const end of ['exit', 'error', 'disconnect'] as const) {
      started.on(end, () => {
        if (child === started) child = null
      })
    }
    return started
  }

  async function ask(call: KeytarCall): Promise<string | null> {
    clearTimeout(idle)
    if (isClosed) throw new Error('the console is closing')
    child ??= start()
    try {
      const reply = await replyOf(child, call, answerMs)
      if ('error' in reply) throw new Error(reply.error)
      return reply.value
    } catch (error) {
      if (error instanceof NoReply) end()
      throw error
    } finally {
      endWhenIdle()
    }
  }

  return {
    ask: (call) => inTurn(() => ask(call)),
    close: () => {
      isClosed = true
      end()
    },
  }
}

/** The process said nothing; it is of no more use. */
class NoReply extends Error {}

function replyOf(child: ChildProcess, call: KeytarCall, answerMs: number): Promise<KeytarReply> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      fail(`no answer within ${String(answerMs / 1_000)} seconds`)
    }, answerMs)
    function onReply(reply: unknown): void {
      stop()
      resolve(reply as KeytarReply)
    }
    function onExit(code: number | null, signal: string | null): void {
      fail(`its library broke off (${signal ?? `exit code ${String(code)}`})`)
    }
    function onError(error: Error): void {
      fail(error.message)
    }
    function fail(why: string): void {
      stop()
      reject(new NoReply(why))
    }
    function stop(): void {
      clearTimeout(timer)
      child.off('message', onReply).off('exit', onExit).off('error', onError)
    }
    child.once('message', onReply).once('exit', onExit).once('error', onError)
    child.send(call)
  })
}
