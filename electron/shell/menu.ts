import type { MenuItemConstructorOptions } from 'electron'
import { MENU_WISHES } from '../../shared/api/bridge.ts'

/** Screens of the page by their place, in the order of its rail, with the keys that lead there. */
const SCREENS = [
  { label: 'Intents', place: '/intents', accelerator: 'CmdOrCtrl+1' },
  { label: 'Attention', place: '/attention', accelerator: 'CmdOrCtrl+2' },
  { label: 'Mempool', place: '/mempool', accelerator: 'CmdOrCtrl+3' },
  { label: 'Connections', place: '/connections', accelerator: 'CmdOrCtrl+4' },
  { label: 'Actions', place: '/actions', accelerator: 'CmdOrCtrl+5' },
  { label: 'Archive', place: '/archive', accelerator: 'CmdOrCtrl+6' },
  { label: 'Settings', place: '/settings', accelerator: 'CmdOrCtrl+,' },
] as const

/** What a menu is made for. */
export interface MenuSite {
  platform: NodeJS.Platform
  hasDevTools: boolean
  /** Asks something of the page. */
  wish: (wish: string) => void
}

/** The menu of the window; every screen has its keys. */
export function menuTemplate({ platform, hasDevTools, wish }: MenuSite): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const screens = SCREENS.map(({ label, place, accelerator }) => ({
    label,
    accelerator,
    click: () => {
      wish(place)
    },
  }))
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: '&File', submenu: [{ role: isMac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    { label: '&Go', submenu: [find(wish), { type: 'separator' }, ...screens] },
    { label: '&View', submenu: view(hasDevTools) },
    { role: 'windowMenu' },
    { role: 'help', submenu: [keys(wish), ...(isMac ? [] : [{ role: 'about' as const }])] },
  ]
}

/** Shown with its keys, which the page itself hears: registered here they would never reach it. */
function find(wish: MenuSite['wish']): MenuItemConstructorOptions {
  return {
    label: 'Find…',
    accelerator: 'CmdOrCtrl+K',
    registerAccelerator: false,
    click: () => {
      wish(MENU_WISHES.find)
    },
  }
}

function keys(wish: MenuSite['wish']): MenuItemConstructorOptions {
  return {
    label: 'Keys',
    click: () => {
      wish(MENU_WISHES.keys)
    },
  }
}

function view(hasDevTools: boolean): MenuItemConstructorOptions[] {
  return [
    { role: 'reload' },
    ...(hasDevTools ? [{ role: 'toggleDevTools' as const }] : []),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
}
