import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CommandRequest } from '../command.ts'
import { systemClock } from './clock.ts'
import { sendWithBearer } from './sendWithBearer.ts'

let server: Server
let request: CommandRequest
let heard: { authorization: string | undefined; body: string }[]

beforeEach(async () => {
  heard = []
  server = createServer((asked, response) => {
    let body = ''
    asked.on('data', (chunk: Buffer) => (body += chunk.toString()))
    asked.on('end', () => {
      heard.push({ authorization: asked.headers.authorization, body })
      response.writeHead(201).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/submit`
  request = { method: 'POST', url, body: '{"a":1}', secretHeaders: ['authorization'], secrets: [] }
})

afterEach(() => new Promise((resolve) => server.close(resolve)))

function send(
  credential: () => Promise<string | null>,
  signals: { site?: AbortSignal; own?: AbortSignal } = {},
): ReturnType<typeof sendWithBearer> {
  const never = new AbortController().signal
  const site = { clock: systemClock, credential, signal: signals.site ?? never }
  return sendWithBearer(site, request, signals.own ?? never)
}

it('shows the key that there is, and none where there is none', async () => {
  expect(await send(() => Promise.resolve('k-1'))).toMatchObject({ kind: 'answered', httpStatus: 201 })
  expect(await send(() => Promise.resolve(null))).toMatchObject({ kind: 'answered', httpStatus: 201 })
  expect(heard).toEqual([
    { authorization: 'Bearer k-1', body: '{"a":1}' },
    { authorization: undefined, body: '{"a":1}' },
  ])
})

it('sends nothing when the key cannot be read, and says so', async () => {
  const sent = await send(() => Promise.reject(new Error('the keychain is locked')))
  expect(sent).toEqual({
    kind: 'not-sent',
    why: 'Nothing was sent, for the credential could not be read: the keychain is locked',
  })
  expect(heard).toEqual([])
})

it.each(['site', 'own'] as const)('sends nothing once its %s signal has fired', async (which) => {
  const sent = await send(() => Promise.resolve('k-1'), { [which]: AbortSignal.abort() })
  expect(sent.kind).toBe('not-sent')
  expect(heard).toEqual([])
})
