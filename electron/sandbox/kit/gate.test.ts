import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { openGate, type Gate } from './gate.ts'
import type { Line } from './line.ts'

let gate: Gate
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await gate.close()
})

/** A gate before a server that says everything back. */
async function openEcho(): Promise<void> {
  gate = await openGate(0, (line) => line.pipe(line))
}

async function dial(): Promise<Socket> {
  const socket = connect(gate.port, '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  // A cut connection may be gone before it is there.
  await Promise.race([once(socket, 'connect').catch(() => undefined), closed(socket)])
  return socket
}

/** Says something and waits until it has come back whole. */
async function talk(socket: Socket, text: string): Promise<void> {
  const back = hear(socket, text)
  socket.write(text)
  await back
}

function hear(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve) => {
    let heard = ''
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
      if (heard.endsWith(text)) resolve()
    })
  })
}

/** Resolves when the socket is closed, by whatever means. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve()
    else
      socket.once('close', () => {
        resolve()
      })
  })
}

it('carries bytes both ways, more than any buffer holds', async () => {
  await openEcho()
  await talk(await dial(), `${'x'.repeat(3_000_000)}end`)
})

it('cuts what is there and what comes, until healed', async () => {
  await openEcho()
  const before = await dial()
  await talk(before, 'hello')
  gate.cut()
  await closed(before)
  const during = await dial()
  await closed(during)
  gate.heal('cut')
  await talk(await dial(), 'again')
})

it('holds what either side says and delivers it in order afterwards', async () => {
  const lines: Line[] = []
  const atServer: string[] = []
  gate = await openGate(0, (line) => {
    lines.push(line)
    line.on('data', (chunk: Buffer) => atServer.push(chunk.toString()))
  })
  const before = await dial()
  before.write('hello ')
  await expect.poll(() => atServer.join('')).toBe('hello ')
  gate.hold()
  const during = await dial()
  await expect.poll(() => lines.length).toBe(2)

  const atClients: string[] = []
  for (const [index, socket] of [before, during].entries()) {
    socket.on('data', (chunk: Buffer) => atClients.push(`${index}: ${chunk.toString()}`))
    socket.write(`from ${index} `)
    lines[index]?.write('one')
    lines[index]?.write('two')
  }
  // A third connection is accepted meanwhile: there was time enough to hear something.
  await dial()
  await expect.poll(() => lines.length).toBe(3)
  expect([atServer.join(''), atClients]).toEqual(['hello ', []])

  gate.heal('hold')
  const saidTo = (index: number): string =>
    atClients
      .filter((text) => text.startsWith(`${index}: `))
      .map((text) => text.slice(3))
      .join('')
  await expect.poll(() => [saidTo(0), saidTo(1)]).toEqual(['onetwo', 'onetwo'])
  await expect.poll(() => atServer.join('')).toMatch(/^hello (from 0 from 1 |from 1 from 0 )$/)
})

it('leaves present connections open and deaf, serves new ones, and cuts the deaf when healed', async () => {
  await openEcho()
  const before = await dial()
  await talk(before, 'hello')
  let heard = ''
  before.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  gate.deafen()
  before.write('anybody there?')
  await talk(await dial(), 'I am new')
  expect([heard, before.destroyed]).toEqual(['', false])
  gate.heal('deafen')
  await closed(before)
})

it('keeps a deaf connection open even when its server ends it', async () => {
  const lines: Line[] = []
  gate = await openGate(0, (line) => {
    lines.push(line)
    line.pipe(line)
  })
  const before = await dial()
  await talk(before, 'hello')
  let isEnded = false
  before.on('end', () => (isEnded = true))
  gate.deafen()
  lines[0]?.destroy()
  await talk(await dial(), 'I am new')
  expect([isEnded, before.destroyed]).toEqual([false, false])
  gate.heal('deafen')
  await closed(before)
})

it('says in a sentence that a port is taken', async () => {
  await openEcho()
  await expect(openGate(gate.port, () => undefined)).rejects.toThrow(/is in use; choose another/)
})
