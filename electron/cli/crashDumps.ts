import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** With these Node writes its whole memory into a file, when a signal says so or memory runs out. */
const SNAPSHOT_FLAG = /--heapsnapshot-(?:signal|near-heap-limit)/

/**
 * Keeps credentials out of what a crash or a signal leaves behind: no core dump on Linux, no environment in a report, no
 * debugger. Elsewhere the platform writes no core dump unless it was told to.
 */
export function preventDumps(): void {
  process.report.excludeEnv = true
  // Unless somebody listens, Node opens its debugger on this signal, on a port that every account of the machine reaches.
  process.on('SIGUSR1', () => undefined)
  // Started by launch.js or the desktop's parent, the limit is inherited, and this costs one read.
  if (areDumpsOff()) return
  spawnSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore' })
}

/** Whether this process, and what it starts, can write no core dump. */
export function areDumpsOff(): boolean {
  if (process.platform !== 'linux') return true
  try {
    return /^Max core file size +0 +0 /m.test(readFileSync('/proc/self/limits', 'utf8'))
  } catch {
    return false
  }
}

/** The flag by which this process was told to write its memory to the disk; null when it was not. */
export function snapshotFlag(): string | null {
  const given = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' ')
  return SNAPSHOT_FLAG.exec(given)?.[0] ?? null
}
