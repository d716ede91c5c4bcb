import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bareDefiApi, type BareDefiApi } from '../../../test/bareDefiApi.ts'
import { ID } from '../../../test/defiFacts.ts'
import { ASKED, CREATED, PARAMS } from '../../../test/defiPermit.ts'
import { until } from '../../../test/until.ts'
import { Desk } from '../../../test/upstreamDesk.ts'
import type { CommandRequest, Sent } from '../command.ts'
import type { Upstream } from '../upstream.ts'
import { defiApi } from './index.ts'

const PEM = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
const SECRET = 'c0'.repeat(32)
const CREATION = 'POST /v1/intents'
const never = new AbortController().signal

let desk: Desk
let api: BareDefiApi

beforeEach(async () => {
  desk = new Desk()
  api = await bareDefiApi()
})

afterEach(async () => {
  await desk.close()
  await api.close()
})

function post(path: string, body: object): CommandRequest {
  return { method: 'POST', url: api.url + path, body: JSON.stringify(body), secretHeaders: [], secrets: [] }
}

async function send(request: CommandRequest, generation: string): Promise<Sent | undefined> {
  const link = await desk.connect(defiApi as Upstream, { url: api.url, settings: { generation } })
  return link.send?.(request, never)
}

it('signs what it sends, path and body as they go out', async () => {
  desk.credential = PEM
  const request = post('/v1/quotes/', { amount: '1', from: {}, to: {} })
  expect(await send(request, 'signed')).toMatchObject({ kind: 'answered', httpStatus: 200 })
  const [posted] = api.posts
  const isSigned = (text: string) =>
    verify(
      'sha256',
      Buffer.from(text),
      createPublicKey(PEM),
      Buffer.from(String(posted?.headers['x-api-signature']), 'base64'),
    )
  expect(posted?.body).toBe(request.body)
  expect(isSigned(`POST:/v1/quotes/::${request.body ?? ''}`)).toBe(true)
  expect(isSigned(`POST:/v1/quotes::${request.body ?? ''}`)).toBe(false)
})

it.each(['affiliate', 'execution'])('shows its key to the generation %s', async (generation) => {
  desk.credential = 'a-plain-key'
  await send(post('/v1/quotes', {}), generation)
  expect(api.posts.map(({ headers }) => headers['x-api-key'])).toEqual(['a-plain-key'])
})

it('sends nothing that it cannot sign, and says so without a word of the key', async () => {
  desk.credential = 'hunter2-hunter2'
  const sent = await send(post('/v1/intents/', {}), 'signed')
  expect(sent).toMatchObject({
    kind: 'not-sent',
    why: expect.stringContaining('not an RSA private key') as string,
  })
  expect(JSON.stringify(sent)).not.toContain('hunter2')
  expect(api.posts).toEqual([])
})

it.each([
  ['signed', PEM, 'met'],
  ['signed', 'hunter2-hunter2', 'unmet'],
  ['signed', null, 'unmet'],
  ['execution', null, 'met'],
])('knows before sending whether it can show who asks: %s', async (generation, credential, state) => {
  desk.credential = credential
  const link = await desk.connect(defiApi as Upstream, { url: api.url, settings: { generation } })
  const verdict = await link.canShowCredential?.(post('/v1/intents/', {}))
  expect(verdict?.state).toBe(state)
  expect(JSON.stringify(verdict)).not.toContain('hunter2')
  expect(api.posts).toEqual([])
})

it('sends once, whatever becomes of the answer', async () => {
  api.answerPost = () => null
  expect((await send(post('/v1/intents', ASKED), 'execution'))?.kind).toBe('lost')
  expect(api.posts).toHaveLength(1)
  expect(desk.ofKind(CREATION)).toEqual([])
})

it('is counted by the other end: one that tried again would be seen', async () => {
  api.answerPost = () => null
  const request = post('/v1/intents', ASKED)
  const first = await send(request, 'execution')
  if (first?.kind === 'lost') await desk.link?.send?.(request, never)
  expect(api.posts).toHaveLength(2)
})

it('journals a creation with what was asked, secrets redacted, and no other command', async () => {
  const additional_data = { ...PARAMS.additional_data, secret: SECRET }
  api.answerPost = ({ path }) =>
    path.endsWith('approvals')
      ? { status: 200, body: {} }
      : { status: 201, body: { id: ID, ...CREATED, params_to_sign: { ...PARAMS, additional_data } } }
  await send(post(`/v1/intents/${ID}/approvals`, { signed_data: SECRET }), 'execution')
  await desk.link?.send?.(post('/v1/intents', ASKED), never)
  const [event] = await until('the event', () => {
    const found = desk.ofKind(CREATION)
    return found.length > 0 ? found : null
  })
  expect(JSON.parse(event?.payload ?? '')).toMatchObject({
    httpStatus: 201,
    asked: { refund_address: ASKED.refund_address, quote_id: ASKED.quote_id },
    body: {
      id: ID,
      secret_hash: CREATED.secret_hash,
      params_to_sign: {
        additional_data: {
          witness: PARAMS.additional_data.witness,
          secret: expect.stringMatching(/^redacted:/) as string,
        },
      },
    },
  })
  expect(JSON.stringify(api.posts)).toContain(SECRET)
  expect(JSON.stringify(desk.events)).not.toContain(SECRET)
  expect(desk.ofKind(CREATION)).toHaveLength(1)
})

it('journals nothing of a creation that was refused', async () => {
  api.answerPost = () => ({ status: 422, body: { code: 422, type: 'invalid_amount', message: 'too small' } })
  expect(await send(post('/v1/intents', ASKED), 'execution')).toMatchObject({ httpStatus: 422 })
  await desk.close()
  expect(desk.ofKind(CREATION)).toEqual([])
})
