import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { formsIn, type Canary } from './canary.ts'

/** Bytes read at once: small, because most of what is reserved was never written and is skipped as one piece of zeros. */
const CHUNK_BYTES = 256 * 1024
const ZEROS = Buffer.alloc(CHUNK_BYTES)

/** Bytes read again with the next chunk, so that what stands across the border is found: longer than any form of a canary. */
const OVERLAP_BYTES = 4_096

/** A process by its id, with its command line. */
export interface ProcessFound {
  pid: number
  commandLine: string
}

/** Every process below one, by what Linux tells of parents. */
export function processesBelow(parent: number): ProcessFound[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        // The second field is a name in brackets, which may hold anything.
        const parentPid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        return [{ pid: Number(name), parentPid, commandLine }]
      } catch {
        // It ended while it was looked at.
        return []
      }
    })
  const below = (pid: number): ProcessFound[] =>
    all.filter(({ parentPid }) => parentPid === pid).flatMap((found) => [found, ...below(found.pid)])
  return below(parent)
}

/** Forms of the canaries in the memory of a process, as it stands; program files mapped into it are left out. */
export function formsInMemoryOf(pid: number, canaries: readonly Canary[]): string[] {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8')
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const found = new Set<string>()
  try {
    for (const line of maps.split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) r(.)\S+ \S+ \S+ \d+ *(.*)$/.exec(line)
      if (region === null) continue
      const [, from = '', until = '', writable, path = ''] = region
      if (path.startsWith('[v') || (path.startsWith('/') && writable !== 'w')) continue
      for (const form of formsBetween(memory, [parseInt(from, 16), parseInt(until, 16)], canaries)) {
        found.add(form)
      }
    }
  } finally {
    closeSync(memory)
  }
  return [...found]
}

function formsBetween(
  memory: number,
  [from, until]: readonly [number, number],
  canaries: readonly Canary[],
): string[] {
  const found: string[] = []
  const chunk = Buffer.alloc(CHUNK_BYTES)
  for (let at = from; at < until; at += CHUNK_BYTES - OVERLAP_BYTES) {
    try {
      const length = readSync(memory, chunk, 0, Math.min(CHUNK_BYTES, until - at), at)
      const bytes = chunk.subarray(0, length)
      if (!bytes.equals(ZEROS.subarray(0, length))) found.push(...formsIn(bytes, canaries))
    } catch {
      // Reserved and not there, or gone since the map was read.
    }
  }
  return found
}
