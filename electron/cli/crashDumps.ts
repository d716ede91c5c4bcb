import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Keeps credentials out of what a crash leaves behind: no core dump on Linux, no environment in a report. Elsewhere the
 * platform writes no core dump unless it was told to.
 */
export function preventDumps(): void {
  process.report.excludeEnv = true
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
