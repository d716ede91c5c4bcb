import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SUBPROTOCOL } from '../../shared/api/contract.ts'
import { gridRows, startConsole } from './console.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * The page as it is in the desktop window, in Chromium: a bridge stands where the preload puts it and hands out real ports.
 * Behind them the stand-in carries every text to the console over a socket, as the main process would hand it to the engine.
 */

/** What the stand-in of the preload leaves on the page for the test. */
interface StandIn {
  wish: (wish: string) => void
  portCount: number
  /** Closes the newest port and hands out the next one unasked, as the console does when it moves to another profile. */
  move: () => void
}

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage(() => startConsole(['--demo', '--rate', '50']))
  page = stage.page
  const { host, hash } = new URL(stage.running.link)
  await page.addInitScript(pretendPreload, {
    address: `ws://${host}/rpc`,
    protocols: [SUBPROTOCOL, `token.${hash.slice('#token='.length)}`],
  })
  // Without the token in its address: the page has only its bridge.
  await page.goto(stage.running.origin)
  await gridRows(page).first().waitFor()
})
afterAll(async () => {
  expect(await stage.close()).toBe(0)
})

/** Runs in the page before anything of its own. */
function pretendPreload({ address, protocols }: { address: string; protocols: string[] }): void {
  const callbacks = new Set<(wish: string) => void>()
  let newest: MessagePort | null = null
  const standIn: StandIn = {
    wish: (wish) => {
      for (const callback of callbacks) callback(wish)
    },
    portCount: 0,
    move: () => {
      newest?.close()
      requestPort()
    },
  }
  function requestPort(): void {
    const { port1, port2 } = new MessageChannel()
    const socket = new WebSocket(address, protocols)
    socket.onmessage = ({ data }) => {
      port1.postMessage(data)
    }
    socket.onopen = () => {
      port1.onmessage = ({ data }) => {
        socket.send(data as string)
      }
    }
    port1.addEventListener('close', () => {
      socket.close()
    })
    newest = port1
    standIn.portCount += 1
    window.postMessage('intent-console.port', '/', [port2])
  }
  const onMenu = (callback: (wish: string) => void): (() => void) => {
    callbacks.add(callback)
    return () => callbacks.delete(callback)
  }
  Object.assign(window, { intentConsole: { requestPort, onMenu }, standIn })
}

/** Does something with the stand-in. */
function withStandIn<T>(what: 'portCount' | 'move' | 'wish', given = ''): Promise<T> {
  return page.evaluate(
    ({ name, wish }) => {
      const { standIn } = window as unknown as { standIn: StandIn }
      if (name === 'portCount') return standIn.portCount
      if (name === 'move') standIn.move()
      else standIn.wish(wish)
      return null
    },
    { name: what, wish: given },
  ) as Promise<T>
}

test('the page lives on the port of its window and asks for no token', async () => {
  expect(await withStandIn<number>('portCount')).toBe(1)
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
})

test('the menu leads to a screen, to Find and to the keys', async () => {
  await withStandIn('wish', '/settings')
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor({ state: 'attached' })
  await withStandIn('wish', 'find')
  expect(
    await page.getByRole('searchbox', { name: 'Find' }).evaluate((box) => box === document.activeElement),
  ).toBe(true)
  await withStandIn('wish', 'keys')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('Escape')
  await withStandIn('wish', '/intents')
  await gridRows(page).first().waitFor()
})

test('a port that the console closes is noticed by the next one, and what was waited for ends', async () => {
  await withStandIn('move')
  await page.waitForFunction(() => (window as unknown as { standIn: StandIn }).standIn.portCount === 3)
  await page.getByText('This page has lost its console').waitFor({ state: 'detached' })
  await withStandIn('wish', '/connections')
  await page.getByRole('list', { name: 'Connections' }).getByRole('listitem').first().waitFor()
})

test('a screen and an intent can be loaded again at their own place', async () => {
  await withStandIn('wish', '/attention')
  await page.getByRole('heading', { level: 1, name: 'Attention' }).waitFor({ state: 'attached' })
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Attention' }).waitFor({ state: 'attached' })
  await withStandIn('wish', '/intents')
  await gridRows(page).first().waitFor()
  const id = await page.evaluate(() => document.querySelector('[role="row"][row-id]')?.getAttribute('row-id'))
  await withStandIn('wish', `/intents/${encodeURIComponent(id ?? '')}`)
  await page.getByRole('region', { name: 'Intent' }).waitFor()
  await page.reload()
  await page.getByRole('region', { name: 'Intent' }).waitFor()
  expect(stage.complaints).toEqual([])
})
