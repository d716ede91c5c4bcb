import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A fake upstream in a process of its own. */
export interface ChildUpstream {
  url: string
  sayGood: (n: number) => void
  /** Stops the whole process, its sockets open; or lets it go on. */
  freeze: () => void
  thaw: () => void
  close: () => Promise<void>
}

/** Starts the fake upstream of a system as a child. */
export async function childUpstream(system: string): Promise<ChildUpstream> {
  const root = fileURLToPath(new URL('childRoot.ts', import.meta.url))
  const child = fork(root, [system], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    sayGood: (n) => {
      child.send(n)
    },
    freeze: () => {
      child.kill('SIGSTOP')
    },
    thaw: () => {
      child.kill('SIGCONT')
    },
    close: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}
