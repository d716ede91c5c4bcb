import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PERMISSIONS } from '../../electron/shell/permissions.ts'
import { buildPreload } from './builtPreload.ts'
import { CHECKLIST } from './checklist.ts'
import { openShell, type OpenShell } from './openShell.ts'
import { carelessPosture, ourPosture, type Posture } from './posture.ts'

let shell: OpenShell
let ours: Posture
beforeAll(async () => {
  shell = await openShell()
  ours = ourPosture(shell, (await buildPreload()).code)
}, 60_000)
afterAll(() => shell.clear())

describe('the security checklist of Electron', () => {
  test('has 20 points', () => {
    expect(CHECKLIST.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  })

  test.each(CHECKLIST)('$number. $title', async ({ breaches }) => {
    expect(await breaches(ours)).toEqual([])
  })

  test.each(CHECKLIST)('control: $number. is found broken in a careless program', async ({ breaches }) => {
    expect(await breaches(carelessPosture())).not.toEqual([])
  })
})

test('every permission has a reason, and few are granted', () => {
  expect(Object.values(PERMISSIONS).filter(({ why }) => !/^[A-Z].+\.$/.test(why))).toEqual([])
  const granted = Object.entries(PERMISSIONS).filter(([, { isGranted }]) => isGranted)
  expect(granted.map(([name]) => name)).toEqual(['clipboard-sanitized-write'])
})

test('a permission is not for a frame inside', () => {
  const answers: boolean[] = []
  const details = { requestingUrl: 'app://console/', isMainFrame: false }
  shell.session.handlers.request?.(
    shell.contents as never,
    'clipboard-sanitized-write',
    (isGranted) => answers.push(isGranted),
    details,
  )
  expect(answers).toEqual([false])
})

test('what was refused is told without repeating what was asked', async () => {
  const one = await openShell()
  const url = 'https://evil.test/?secret=abc'
  one.contents.emit('will-navigate', { url, isMainFrame: true, preventDefault: () => undefined })
  one.contents.openHandler({ url })
  one.session.handlers.before?.({ url }, () => undefined)
  one.session.emit('will-download', { preventDefault: () => undefined })
  expect(one.log).toHaveLength(4)
  expect(one.log.join()).not.toContain('secret')
  await one.clear()
})

test('a download is prevented', () => {
  let isPrevented = false
  shell.session.emit('will-download', { preventDefault: () => (isPrevented = true) })
  expect(isPrevented).toBe(true)
})

test('nothing of the page is written to the disk: its session has no name that is kept', () => {
  expect(shell.session.name).not.toMatch(/^persist:/)
})

test('contents that anything makes later is guarded too', () => {
  const later = carelessPosture().contents
  shell.stage.app.emit('web-contents-created', {}, later)
  expect(later.openHandler({ url: 'https://evil.test/' })).toEqual({ action: 'deny' })
})
