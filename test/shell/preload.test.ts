import { beforeAll, describe, expect, test } from 'vitest'
import type { HostBridge } from '../../shared/api/bridge.ts'
import { buildPreload, keyPaths, runPreload, type Ran } from './builtPreload.ts'

/** All that a page may be given, in the order in which it is exposed. */
const LIST = ['intentConsole.requestPort: function', 'intentConsole.onMenu: function']

/** A preload that gives everything away, for the controls. */
const CARELESS = `
const { contextBridge, ipcRenderer } = require('electron')
contextBridge.exposeInMainWorld('intentConsole', {
  requestPort: () => ipcRenderer.send('port'),
  onMenu: (callback) => { ipcRenderer.on('menu', callback) },
  on: ipcRenderer.on,
})`

let built: { fileName: string; code: string }
beforeAll(async () => {
  built = await buildPreload()
}, 60_000)

function bridgeOf(ran: Ran): HostBridge {
  return ran.exposed['intentConsole'] as HostBridge
}

/** What a listener of the menu was called with. */
function heardFrom(ran: Ran): unknown[] {
  const heard: unknown[] = []
  bridgeOf(ran).onMenu((...given: unknown[]) => heard.push(...given))
  ran.ipc.emit('menu', { sender: ran.ipc, ports: [] }, '/intents')
  return heard
}

function listenersLeft(ran: Ran): number {
  const stops = Array.from({ length: 1_000 }, () => bridgeOf(ran).onMenu(() => undefined) as unknown)
  for (const stop of stops) if (typeof stop === 'function') (stop as () => void)()
  return ran.ipc.listenerCount('menu')
}

describe('the preload as it is built', () => {
  test('is one CommonJS file that requires electron and nothing else', () => {
    const { required } = runPreload(built.code)
    expect([built.fileName, required]).toEqual(['preload.cjs', ['electron']])
  })

  test('exposes the list and nothing else', () => {
    expect(keyPaths(runPreload(built.code).exposed)).toEqual(LIST)
  })

  test('gives listeners the data and never the event', () => {
    expect(heardFrom(runPreload(built.code))).toEqual(['/intents'])
  })

  test('leaves no listener after 1,000 came and went', () => {
    expect(listenersLeft(runPreload(built.code))).toBe(0)
  })

  test('listens on its two channels only, and sends an empty wish', () => {
    const ran = runPreload(built.code)
    expect(ran.ipc.eventNames()).toEqual(['port'])
    bridgeOf(ran).requestPort()
    expect(ran.ipc.sent).toEqual([['port']])
  })

  test('hands a port on to its own window and no other origin', () => {
    const ran = runPreload(built.code)
    const port = {}
    ran.ipc.emit('port', { ports: [port] })
    expect(ran.messages).toEqual([{ message: 'intent-console.port', targetOrigin: '/', ports: [port] }])
  })

  test('turns whatever the menu says into text', () => {
    const ran = runPreload(built.code)
    const heard: unknown[] = []
    bridgeOf(ran).onMenu((wish) => heard.push(wish))
    ran.ipc.emit('menu', {}, { toString: () => 'object' })
    expect(heard).toEqual(['object'])
  })
})

describe('control: a careless preload is found out', () => {
  test('by the list', () => {
    expect(keyPaths(runPreload(CARELESS).exposed)).not.toEqual(LIST)
  })

  test('by what listeners are given', () => {
    expect(heardFrom(runPreload(CARELESS))).not.toEqual(['/intents'])
  })

  test('by its listeners', () => {
    expect(listenersLeft(runPreload(CARELESS))).toBe(1_000)
  })

  test('by what it requires', () => {
    expect(() => runPreload("require('node:fs')")).toThrow('module not found')
  })
})
