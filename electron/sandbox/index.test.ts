import { expect, it } from 'vitest'
import { SANDBOX_SYSTEMS, startSandbox } from './index.ts'
import { settableClock } from './kit/clock.ts'

it('gives connections that can stand in a profile', async () => {
  const sandbox = await startSandbox({ seed: 7, rate: 1 })
  expect(sandbox.connections[0]).toMatchObject({
    id: 'demo-fusion',
    system: 'fusion',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    credential: 'none',
  })
  expect(new Set(sandbox.connections.map(({ system }) => system))).toEqual(new Set(SANDBOX_SYSTEMS))
  expect(new Set(sandbox.connections.map(({ id }) => id)).size).toBe(sandbox.connections.length)
  for (const { url, credential } of sandbox.connections) {
    expect(new URL(url).hostname).toBe('127.0.0.1')
    if (credential !== 'none') expect(sandbox.credentials[credential.replace(/^env:/, '')]).toMatch(/./)
  }
  await sandbox.close()
})

it('offers the same events for the same seed and the same clock', async () => {
  const offered = async (): Promise<string> => {
    const clock = settableClock(1_800_000_000_000)
    const sandbox = await startSandbox({ seed: 7, rate: 5, clock })
    clock.advanceBy(60_000)
    await sandbox.close()
    return JSON.stringify(sandbox.history.fusion.events)
  }
  const first = await offered()
  expect(first.length).toBeGreaterThan(100_000)
  expect((await offered()) === first).toBe(true)
})

it('ends with its signal, port and all', async () => {
  const ending = new AbortController()
  const sandbox = await startSandbox({ seed: 7, rate: 1, signal: ending.signal })
  const port = Number(new URL(sandbox.connections[0]?.url ?? '').port)
  ending.abort()
  await sandbox.close()
  const next = await startSandbox({ seed: 7, rate: 1, ports: { fusion: port } })
  await next.close()
})

it('says which port is taken, and refuses a rate that is none', async () => {
  const sandbox = await startSandbox({ seed: 7, rate: 1 })
  const port = Number(new URL(sandbox.connections[0]?.url ?? '').port)
  await expect(startSandbox({ seed: 7, rate: 1, ports: { fusion: port } })).rejects.toThrow(
    `port ${port} is in use`,
  )
  await sandbox.close()
  await expect(startSandbox({ seed: 7, rate: 0 })).rejects.toThrow(/rate must be above 0/)
})
