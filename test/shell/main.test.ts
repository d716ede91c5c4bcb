import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../until.ts'
import { startMain, type RunningMain } from './runningMain.ts'

let folder: string
const mains: RunningMain[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-'))
})
afterEach(async () => {
  for (const main of mains) main.signal('SIGKILL')
  await Promise.all(mains.splice(0).map(({ ended }) => ended))
  rmSync(folder, { recursive: true })
})

function start(args: readonly string[], env?: NodeJS.ProcessEnv): RunningMain {
  const main = startMain(args, env)
  mains.push(main)
  return main
}

const data = (): string => join(folder, 'data')

/** Starts the demo and waits for its window. */
async function startDemo(env?: NodeJS.ProcessEnv): Promise<RunningMain> {
  const main = start(['serve', '--demo', '--data', data()], env)
  await until('the page to be loaded', async () => {
    const window = (await main.ask({ do: 'window' })) as { loaded: string[] } | null
    return window !== null && window.loaded.length > 0
  })
  return main
}

describe('the desktop console', () => {
  test('opens its window, answers its page over a port, and ends in order when the window is closed', async () => {
    const main = await startDemo()
    expect(await main.ask({ do: 'window' })).toMatchObject({
      count: 1,
      loaded: ['app://console/'],
      before: ['schemes', 'sandbox', `userData=${join(data(), 'chromium')}`, 'lock'],
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        preload: join(import.meta.dirname, '../../out/preload/preload.cjs'),
      },
    })
    expect(await main.ask({ do: 'call', path: ['status', 'next'], input: {} })).toMatchObject({
      host: 'desktop',
      profile: { isDemo: true },
      actions: { isAllowed: true },
    })
    await until('intents of the demo', async () => {
      const found = (await main.ask({ do: 'call', path: ['intents', 'find'], input: {} })) as unknown[]
      return found.length > 0
    })
    await main.ask({ do: 'emit', on: 'app', event: 'window-all-closed' })
    expect([await main.ended, main.stdout()]).toEqual([0, ''])
    expect(existsSync(join(data(), 'window.json'))).toBe(true)
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s', async (signal) => {
    const main = await startDemo()
    main.signal(signal)
    expect(await main.ended).toBe(0)
  })

  test('quitting ends it in order', async () => {
    const main = await startDemo()
    await main.ask({ do: 'emit', on: 'app', event: 'before-quit' })
    expect(await main.ended).toBe(0)
  })

  test('sleeps and wakes with its machine', async () => {
    const main = await startDemo()
    const states = async (): Promise<string[]> => {
      const status = await main.ask({ do: 'call', path: ['status', 'next'], input: {} })
      return (status as { connections: { presence: { state: string } }[] }).connections.map(
        ({ presence }) => presence.state,
      )
    }
    await until('live connections', async () => (await states()).every((state) => state === 'live'))
    await main.ask({ do: 'emit', on: 'powerMonitor', event: 'suspend' })
    await until('closed connections', async () => (await states()).every((state) => state === 'stopped'))
    await main.ask({ do: 'emit', on: 'powerMonitor', event: 'resume' })
    await until('live connections again', async () => (await states()).every((state) => state === 'live'))
  })

  test('the second one on a folder says so, exits 3 and opens nothing', async () => {
    const second = start(['serve', '--demo', '--data', data()], { STUB_LOCK: 'taken' })
    expect(await second.ended).toBe(3)
    expect(second.stderr()).toContain('brought to the front')
    expect(existsSync(join(data(), 'console.db'))).toBe(false)
  })

  test('even where Electron lets two in, the folder has one writer', async () => {
    await startDemo()
    const second = start(['serve', '--demo', '--data', data()])
    expect([await second.ended, second.stdout()]).toEqual([3, ''])
    expect(second.stderr()).toMatch(/held|in use|process/)
  })

  test('a wrong command line is one sentence and exit code 2', async () => {
    const main = start(['serve', '--seed', 'many'])
    expect(await main.ended).toBe(2)
    expect(main.stderr()).toContain('--seed')
  })
})
