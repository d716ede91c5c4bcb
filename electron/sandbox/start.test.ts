import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const START = fileURLToPath(new URL('start.ts', import.meta.url))
const children: ChildProcessWithoutNullStreams[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(...options: string[]): {
  child: ChildProcessWithoutNullStreams
  out: Interface
  err: Interface
} {
  const child = spawn(process.execPath, [START, ...options])
  children.push(child)
  return {
    child,
    out: createInterface({ input: child.stdout }),
    err: createInterface({ input: child.stderr }),
  }
}

async function firstLine(lines: Interface): Promise<string> {
  const [line] = (await once(lines, 'line')) as [string]
  return line
}

/** The first line that begins so: credentials that the systems ask for come before any other word. */
async function lineWith(lines: Interface, beginning: string): Promise<string> {
  for await (const line of lines) if (line.startsWith(beginning)) return line
  throw new Error(`No line begins with ${beginning}.`)
}

it.each(['SIGINT', 'SIGTERM'] as const)('runs alone, obeys verbs, and ends cleanly on %s', async (signal) => {
  const { child, out, err } = start('--seed', '7', '--port', '0')
  const [ready, url = '', ...rest] = (await firstLine(out)).split(' ')
  expect(ready).toBe('ready')
  expect(JSON.parse(rest.join(' '))).toEqual({
    name: 'sandbox',
    environment: 'sandbox',
    connections: expect.arrayContaining([
      expect.objectContaining({ id: 'demo-fusion', system: 'fusion', url, credential: 'none' }),
    ]) as object[],
  })
  const said = lineWith(err, '429')
  child.stdin.write('429 60\n')
  expect(await said).toBe('429: for 60 s')
  expect((await fetch(`${url}/api/health`)).status).toBe(429)
  const ended = once(child, 'exit')
  child.kill(signal)
  expect(await ended).toEqual([0, null])
})

it('says what is wrong with an option', async () => {
  const { child, err } = start('--rate', 'fast')
  const said = firstLine(err)
  const ended = once(child, 'exit')
  expect(await said).toMatch(/A number above 0 is wanted/)
  expect(await ended).toEqual([1, null])
})
