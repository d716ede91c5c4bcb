import { readFileSync } from 'node:fs'
import { formsIn, type Canary } from './canary.ts'

/** Calls by which bytes leave a process, or are given to another program; `connect` tells sockets apart. */
const CALLS = 'connect,execve,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg'

/** Bytes of an argument that are written down: more than anything that the console writes at once. */
const WHOLE_BYTES = 64 * 1024 * 1024

/** The root of the process that alone talks to the keychain, as it stands in a command line. */
const KEYCHAIN_ROOT = /electron\/keychain\.ts/

/** Something that a process handed to the system with a planted secret in it. */
export interface Handed {
  call: string
  /** A path, a socket by its two ends, or `the keychain`. */
  to: string
  forms: string[]
}

/** A wrapper that starts a program and writes its calls into a file; the program keeps the id of the wrapper's process. */
export function watchedInto(file: string): string[] {
  const what = ['-e', `trace=${CALLS}`, '-e', 'signal=SIGKILL', '-s', String(WHOLE_BYTES)]
  return ['strace', '-D', '-f', '-q', '-yy', '-xx', ...what, '-o', file]
}

/** One line of a trace: thread, call, socket or path of its first argument, and all of its texts as bytes. */
interface Line {
  thread: string
  call: string
  to: string
  bytes: Buffer
}

/** What was handed over with a canary in it, by a trace of all processes of one program. `bus` is the address of its D-Bus. */
export function handedWith(canaries: readonly Canary[], trace: string, bus: string): Handed[] {
  const lines = linesOf(readFileSync(trace, 'latin1'))
  const isToKeychain = waysToKeychain(lines, bus)
  return lines.flatMap(({ call, to, bytes }) => {
    const forms = call === 'connect' ? [] : formsIn(bytes, canaries)
    return forms.length === 0 ? [] : [{ call, to: isToKeychain(to) ? 'the keychain' : to, forms }]
  })
}

/** Sockets that lead to the bus, or join the console with the process that talks to the keychain. */
function waysToKeychain(lines: readonly Line[], bus: string): (to: string) => boolean {
  const place = /unix:path=([^,]+)/.exec(bus)?.[1] ?? ''
  const toBus = lines.filter(({ call, bytes }) => call === 'connect' && bytes.includes(place))
  const talkers = new Set(
    lines
      .filter(({ call, bytes }) => call === 'execve' && KEYCHAIN_ROOT.test(bytes.toString('latin1')))
      .map(({ thread }) => thread),
  )
  const ofTalkers = lines.filter(({ thread, call }) => talkers.has(thread) && call !== 'execve')
  const ends = new Set([...toBus, ...ofTalkers].flatMap(({ to }) => endsOf(to)))
  return (to) => endsOf(to).some((end) => ends.has(end))
}

/** Numbers of the two ends of a local socket. */
function endsOf(to: string): string[] {
  return to.startsWith('UNIX-STREAM:') ? (to.match(/\d+/g) ?? []) : []
}

function linesOf(trace: string): Line[] {
  return trace.split('\n').flatMap((line) => {
    const [, thread, call, , to = ''] = /^(\d+)\s+(\w+)\((\d+<(.*?)>(?=, ))?/.exec(line) ?? []
    if (thread === undefined || call === undefined) return []
    const texts = line.match(/"(?:\\x[0-9a-f]{2})*"(?:\.\.\.)?/g) ?? []
    if (texts.some((text) => text.endsWith('...'))) throw new Error(`A ${call} was not written down whole.`)
    return [{ thread, call, to: bytesOf(to).toString(), bytes: Buffer.concat(texts.map(bytesOf)) }]
  })
}

/** Paths of files come in hex as well, ends of sockets in words. */
function bytesOf(text: string): Buffer {
  if (!text.includes('\\x')) return Buffer.from(text.replaceAll('"', ''), 'latin1')
  return Buffer.from(text.replaceAll(/[^\\x0-9a-f]|\\x/g, ''), 'hex')
}
