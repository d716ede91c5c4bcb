import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { TestStep } from '../../../shared/api/presence.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import { FusionBench } from '../../../test/fusionBench.ts'
import { systemClock } from '../kit/clock.ts'
import { test } from './connectionTest.ts'
import { fusionSettings } from './index.ts'

const bench = new FusionBench()

afterEach(() => bench.close())

async function outcomes(url: string, settings: object = {}): Promise<TestStep[]> {
  const steps: TestStep[] = []
  const told = test({
    connection: {
      id: connectionId('t'),
      system: 'fusion',
      url,
      restUrl: null,
      settings: fusionSettings.parse(settings),
    },
    clock: systemClock,
    random: () => 0,
    credential: () => Promise.resolve(null),
    signal: new AbortController().signal,
  })
  for await (const step of told) if (step.state !== 'running') steps.push(step)
  return steps
}

function states(steps: TestStep[]): string[] {
  return steps.map(({ name, state }) => `${name} ${state}`)
}

describe('connection test', () => {
  it('passes every step of a good backend, and leaves', async () => {
    const backend = await bench.backend()
    const steps = await outcomes(backend.url)
    expect(states(steps)).toEqual([
      'address passed',
      'tcp passed',
      'handshake passed',
      'subscribe passed',
      'ping passed',
      'health passed',
    ])
    expect(steps.every(({ tookMs }) => tookMs !== null)).toBe(true)
  })

  it('names the port that nothing listens on', async () => {
    const backend = await bench.backend()
    await backend.close()
    const steps = await outcomes(backend.url)
    expect(states(steps).slice(1, 4)).toEqual(['tcp failed', 'handshake skipped', 'subscribe skipped'])
    expect(steps[1]?.text).toContain('Is the server running')
    expect(steps[5]?.state).toBe('failed')
  })

  it('names the host that is not known', async () => {
    const steps = await outcomes(`http://${'x'.repeat(70)}`) // no name server is asked for a label that long
    expect(steps[0]).toMatchObject({ name: 'address', state: 'failed' })
  })

  it('tells a web server from a Socket.IO server', async () => {
    const server = createServer((_, response) => response.end('<h1>Hello</h1>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const steps = await outcomes(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(steps[2]).toMatchObject({ name: 'handshake', state: 'failed' })
    expect(steps[2]?.text).toContain('not Socket.IO')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('names the step that a silent server leaves unanswered, and the health beside it', async () => {
    const backend = await bench.backend()
    backend.isMute = true
    const steps = await outcomes(backend.url)
    expect(states(steps).slice(2)).toEqual([
      'handshake passed',
      'subscribe failed',
      'ping skipped',
      'health passed',
    ])
    expect(steps[3]?.text).toContain('mempool:stats')
  })

  it('names a namespace that is not there', async () => {
    const steps = await outcomes((await bench.backend()).url, { namespace: '/nowhere' })
    expect(steps[2]?.text).toContain('namespace')
  })
})
