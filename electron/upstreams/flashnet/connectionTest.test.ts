import { afterEach, expect, it } from 'vitest'
import { bareFlashnet, type BareFlashnet } from '../../../test/bareFlashnet.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import type { TestStep } from '../../../shared/api/presence.ts'
import { systemClock } from '../kit/clock.ts'
import { test } from './connectionTest.ts'
import { flashnetSettings } from './index.ts'

const KEY = '7c'.repeat(32)
const opened: BareFlashnet[] = []

afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close()
})

async function gatewayWith(
  prepare: (gateway: BareFlashnet) => void = () => undefined,
): Promise<BareFlashnet> {
  const gateway = await bareFlashnet()
  opened.push(gateway)
  prepare(gateway)
  return gateway
}

/** The outcome of each step. */
async function outcomes(url: string, credential: string | null): Promise<TestStep[]> {
  const steps: TestStep[] = []
  const site = {
    connection: {
      id: connectionId('test'),
      system: 'flashnet' as const,
      url,
      restUrl: null,
      settings: flashnetSettings.parse({}),
    },
    clock: systemClock,
    random: () => 0,
    credential: () => Promise.resolve(credential),
    signal: new AbortController().signal,
  }
  for await (const step of test(site)) if (step.state !== 'running') steps.push(step)
  return steps
}

it('passes every step of a good gateway, and says whose key it let in', async () => {
  const steps = await outcomes(`${(await gatewayWith()).url}/api/v1`, KEY)
  expect(steps.map(({ name, state }) => [name, state])).toEqual(
    ['address', 'tcp', 'credential', 'network', 'health'].map((name) => [name, 'passed']),
  )
  expect(steps[2]?.text).toMatch(/let the key 0[23][0-9a-f]{64} in/)
})

it('says what is wrong with a key, and never the key', async () => {
  const gateway = await gatewayWith()
  const [, , wrongForm] = await outcomes(gateway.url, 'not a key')
  expect(wrongForm).toMatchObject({ name: 'credential', state: 'failed' })
  gateway.answer = (request, response) => {
    if (request.url !== '/api/v1/auth/verify') return false
    response.writeHead(401).end('no')
    return true
  }
  const steps = await outcomes(gateway.url, KEY)
  expect(steps[2]).toMatchObject({ name: 'credential', state: 'failed' })
  expect(JSON.stringify([wrongForm, steps])).not.toContain(KEY)
})

it('tells a server that is no gateway', async () => {
  const gateway = await gatewayWith((made) => (made.network = null))
  const steps = await outcomes(gateway.url, null)
  expect(steps.find(({ name }) => name === 'network')).toMatchObject({ state: 'failed' })
  expect(steps[2]?.text).toContain('can be read without')
})
