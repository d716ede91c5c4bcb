import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { argumentsOf } from '../../electron/shell/arguments.ts'
import { menuTemplate } from '../../electron/shell/menu.ts'
import { openShell, type OpenShell } from './openShell.ts'

let folder: string
const shells: OpenShell[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'window-'))
})
afterEach(async () => {
  for (const shell of shells.splice(0)) await shell.clear()
  rmSync(folder, { recursive: true })
})

async function open(machine: Parameters<typeof openShell>[0] = {}): Promise<OpenShell> {
  const shell = await openShell({ folder, ...machine })
  shells.push(shell)
  return shell
}

const placeFile = (): string => join(folder, 'window.json')

describe('the place of the window', () => {
  test('is kept in the data folder when the window is closed, and taken again', async () => {
    const first = await open()
    first.window.bounds = { x: 300, y: 200, width: 1100, height: 700 }
    first.window.emit('close')
    first.window.destroy()
    await first.face.close()
    expect(JSON.parse(readFileSync(placeFile(), 'utf8'))).toMatchObject({ x: 300, isMaximized: false })
    const second = await open()
    expect(second.window.options).toMatchObject({ x: 300, y: 200, width: 1100, height: 700 })
  })

  test('is kept when the console stops with the window open, maximised or not', async () => {
    const first = await open()
    first.window.maximize()
    await first.face.close()
    expect(first.window.isDestroyed()).toBe(true)
    expect((await open()).window.isMaximized()).toBe(true)
  })

  test.each([
    ['a display that is gone', { x: 2500, y: 100, width: 1000, height: 700, isMaximized: false }],
    ['above every display', { x: 100, y: -400, width: 1000, height: 700, isMaximized: false }],
    ['a corner that nobody can catch', { x: 1910, y: 100, width: 1000, height: 700, isMaximized: false }],
  ])('on %s is left to the system, the size kept', async (_, place) => {
    writeFileSync(placeFile(), JSON.stringify(place))
    const { options } = (await open()).window
    expect([options.x, options.y, options.width]).toEqual([undefined, undefined, 1000])
  })

  test('on a second display is taken', async () => {
    const place = { x: 2500, y: 100, width: 1000, height: 700, isMaximized: false }
    writeFileSync(placeFile(), JSON.stringify(place))
    const displays = [
      { x: 0, y: 0, width: 1920, height: 1080 },
      { x: 1920, y: 0, width: 1920, height: 1080 },
    ]
    expect((await open({ displays })).window.options.x).toBe(2500)
  })

  test.each([
    '',
    'nonsense',
    '[]',
    '{"x":1}',
    '{"x":1e99,"y":0,"width":1000,"height":700,"isMaximized":false}',
  ])('that reads %j counts as never placed', async (text) => {
    writeFileSync(placeFile(), text)
    expect((await open()).window.options).toMatchObject({ width: 1280, height: 800 })
  })
})

describe('the window', () => {
  test('loads our page and is shown once it is painted', async () => {
    const { window } = await open()
    expect([window.loaded, window.isShown]).toEqual([['app://console/'], true])
  })

  test('closed by a person, or quit, ends the console in its own order', async () => {
    const { stage, told } = await open()
    stage.app.emit('window-all-closed')
    let isPrevented = false
    stage.app.emit('before-quit', { preventDefault: () => (isPrevented = true) })
    expect([told, isPrevented]).toEqual([['stop', 'stop'], true])
  })

  test('comes forward when the console is started again on its folder', async () => {
    const { stage, window } = await open()
    window.minimize()
    stage.app.emit('second-instance')
    expect([window.isMinimized(), window.focusCount]).toEqual([false, 1])
  })

  test('is not opened where one is open already: the second console says so and claims nothing else', async () => {
    await expect(open({ isLockFree: false })).rejects.toMatchObject({ code: 'held' })
  })

  test('whose page broke loads it again, but not again and again', async () => {
    const { contents, clock, log } = await open()
    const breaks = (reason: string): boolean => contents.emit('render-process-gone', {}, { reason })
    breaks('clean-exit')
    expect(contents.reloadCount).toBe(0)
    breaks('crashed')
    breaks('crashed')
    expect(contents.reloadCount).toBe(1)
    clock.advance(10_000)
    breaks('oom')
    expect([contents.reloadCount, log.length]).toEqual([2, 3])
  })

  test('keeps what Chromium keeps inside the data folder', async () => {
    const { stage } = await open()
    expect(stage.before).toEqual(['schemes', 'sandbox', `userData=${join(folder, 'chromium')}`, 'lock'])
  })

  test('has developer tools in a checkout and none when packaged', async () => {
    expect((await open()).window.options.webPreferences?.devTools).toBe(true)
    expect((await open({ isPackaged: true })).window.options.webPreferences?.devTools).toBe(false)
  })
})

describe('the menu', () => {
  const wishes: string[] = []
  const template = menuTemplate({
    platform: 'linux',
    hasDevTools: false,
    wish: (wish) => wishes.push(wish),
  })
  const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))

  test('leads to every screen of the page, each with its own keys', () => {
    const router = readFileSync(join(import.meta.dirname, '../../renderer/router.tsx'), 'utf8')
    const rail = readFileSync(join(import.meta.dirname, '../../renderer/frame/Rail.tsx'), 'utf8')
    const screens = [...rail.matchAll(/to: '([^']+)', name: '([^']+)'/g)].map(
      ([, to, name]) => `${name} ${to}`,
    )
    wishes.length = 0
    for (const { click, label } of items) if (label !== 'Find…') click?.(undefined as never, undefined, {})
    expect(wishes.filter((wish) => !router.includes(`path: '${wish}'`))).toEqual(['keys'])
    const places = items.filter(({ accelerator }) => accelerator !== undefined).slice(1)
    expect(places.map(({ label }, at) => `${label} ${wishes[at]}`)).toEqual(screens)
    const keys = items.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('shows the keys of Find without taking them from the page', () => {
    expect(items.find(({ label }) => label === 'Find…')).toMatchObject({ registerAccelerator: false })
  })

  test('says what was chosen to the page, in front', async () => {
    const { stage, window, contents } = await open()
    const go = stage.menu.find(({ label }) => label === '&Go')?.submenu
    const settings = Array.isArray(go) ? go.find(({ label }) => label === 'Settings') : undefined
    settings?.click?.(undefined as never, undefined, {})
    expect([contents.sent, window.focusCount]).toEqual([[{ channel: 'menu', message: '/settings' }], 1])
  })

  test('has no developer tools when packaged', () => {
    const roles = (hasDevTools: boolean): unknown[] =>
      menuTemplate({ platform: 'darwin', hasDevTools, wish: () => undefined })
        .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
        .map(({ role }) => role)
    expect(roles(false)).not.toContain('toggleDevTools')
    expect(roles(true)).toContain('toggleDevTools')
  })
})

test.each([
  { argv: ['electron', '/checkout', '--', 'serve', '--demo'], isPackaged: false, args: ['serve', '--demo'] },
  { argv: ['electron', '/checkout'], isPackaged: false, args: ['serve'] },
  { argv: ['intent-console'], isPackaged: true, args: ['serve'] },
  { argv: ['intent-console', 'doctor', '--json'], isPackaged: true, args: ['doctor', '--json'] },
])('$argv is run as $args', ({ argv, isPackaged, args }) => {
  expect(argumentsOf(argv, isPackaged)).toEqual(args)
})
