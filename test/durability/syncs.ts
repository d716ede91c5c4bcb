import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One system call that was seen to its end. */
interface Call {
  name: string
  /** Path of the file that it was about; empty when it had none. */
  path: string
  /** The rest of its arguments as strace prints them. */
  rest: string
}

/** What the system calls of one run say. */
export interface Syncs {
  /** Acknowledgements before which something was written to the log. */
  ackCount: number
  /** Of these, the ones between whose last write and which the log was not synced. */
  unsynced: string[]
  /** Those between whose first write and which the database itself was written: a checkpoint that somebody waits for. */
  stalled: string[]
}

/** Runs a store under strace and reads what it did between the writes of each commit and the word that it is kept. */
export function watchSyncs(how: 'honest' | 'normal', what: 'events' | 'steps'): Syncs {
  const folder = mkdtempSync(join(tmpdir(), 'syncs-'))
  try {
    const trace = join(folder, 'trace')
    const root = new URL('ackRoot.ts', import.meta.url).pathname
    const options = ['-f', '-y', '-qq', '-o', trace, '-e', 'trace=pwrite64,pwritev,fsync,fdatasync,write']
    const { status, stderr } = spawnSync(
      'strace',
      [...options, process.execPath, root, join(folder, 'data'), how, what],
      { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
    )
    if (status !== 0) throw new Error(`The watched store failed: ${stderr}`)
    return syncsIn(callsOf(readFileSync(trace, 'utf8')))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The calls of a trace in the order in which they ended; those that another thread interrupted are put together. */
export function callsOf(trace: string): Call[] {
  const begun = new Map<string, string>()
  return trace.split('\n').flatMap((line) => {
    const [, thread = '', text = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    if (text.endsWith('<unfinished ...>')) {
      begun.set(thread, text.slice(0, -'<unfinished ...>'.length))
      return []
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1]
    const whole = resumed === undefined ? text : (begun.get(thread) ?? '') + resumed
    const [, name = '', path = '', rest = ''] = /^(\w+)\(\d+(?:<([^>]*)>)?(.*)$/.exec(whole) ?? []
    return name === '' ? [] : [{ name, path, rest }]
  })
}

/** Judges every acknowledgement by what came before it. */
export function syncsIn(calls: readonly Call[]): Syncs {
  const syncs: Syncs = { ackCount: 0, unsynced: [], stalled: [] }
  let hasWritten = false
  let isSynced = true
  let isStalled = false
  for (const { name, path, rest } of calls) {
    const ack = name === 'write' ? /"ack (\d+)/.exec(rest)?.[1] : undefined
    if (name.startsWith('pwrite')) {
      if (path.endsWith('console.db-wal')) [hasWritten, isSynced] = [true, false]
      if (path.endsWith('console.db') && hasWritten) isStalled = true
    } else if ((name === 'fsync' || name === 'fdatasync') && path.endsWith('console.db-wal')) {
      isSynced = true
    } else if (ack !== undefined && hasWritten) {
      syncs.ackCount += 1
      if (!isSynced) syncs.unsynced.push(ack)
      if (isStalled) syncs.stalled.push(ack)
      ;[hasWritten, isStalled] = [false, false]
    }
  }
  return syncs
}
