import type { Session } from 'electron'
import { isOurUrl } from './origin.ts'

/** Every permission that Electron knows, from its own types: a new one does not compile until it has a row. */
export type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1]

/** Whether the page has a permission, and why. */
export interface PermissionRow {
  isGranted: boolean
  why: string
}

const refused = (why: string): PermissionRow => ({ isGranted: false, why })

const NO_DEVICE = refused('The console uses no device.')
const NO_SENSOR = refused('Where somebody is and how they move is no business of the console.')
const NO_STORAGE = refused('What is kept is kept by the engine, where it is counted and can be deleted.')
const NO_NETWORK = refused('The page reaches its engine over a port and nothing else.')
const NO_BACKGROUND = refused('The engine works in the background, not the page.')
const NO_SCREEN = refused('The page neither records nor takes over the screen.')
const NO_IMMERSION = refused('There is nothing to see in virtual or augmented reality.')

/** What the page may do. One row for each permission, refused unless there is a reason. */
export const PERMISSIONS: Readonly<Record<Permission, PermissionRow>> = {
  'clipboard-sanitized-write': {
    isGranted: true,
    why: 'Copying an identifier or a ticket, at the press of a button.',
  },
  'clipboard-read': refused('What somebody copied elsewhere may be a secret.'),
  'deprecated-sync-clipboard-read': refused('What somebody copied elsewhere may be a secret.'),
  notifications: refused('Notifications are given by the main process, which knows what is worth one.'),
  openExternal: refused('An address from a system is not opened: it may be anything.'),
  fullscreen: refused(
    'The menu has full screen; a page that asks by itself wants to look like something else.',
  ),
  'automatic-fullscreen': refused('The menu has full screen.'),
  pointerLock: refused('Nothing is steered by a captured pointer.'),
  keyboardLock: refused('Every key keeps its meaning for the system.'),
  'window-management': refused('The shell places its window.'),
  'web-app-installation': refused('The console is installed already.'),
  'web-printing': NO_DEVICE,
  'payment-handler': refused('The console handles no payments of the web.'),
  'local-fonts': refused('The list of fonts tells machines apart.'),
  'display-capture': NO_SCREEN,
  'captured-surface-control': NO_SCREEN,
  'screen-wake-lock': refused('Watching must not cost the battery by itself.'),
  'system-wake-lock': refused('Watching must not cost the battery by itself.'),
  'background-fetch': NO_BACKGROUND,
  'background-sync': NO_BACKGROUND,
  'periodic-background-sync': NO_BACKGROUND,
  'persistent-storage': NO_STORAGE,
  'storage-access': NO_STORAGE,
  'top-level-storage-access': NO_STORAGE,
  fileSystem: NO_STORAGE,
  'local-network': NO_NETWORK,
  'local-network-access': NO_NETWORK,
  'loopback-network': NO_NETWORK,
  geolocation: NO_SENSOR,
  'geolocation-approximate': NO_SENSOR,
  'idle-detection': NO_SENSOR,
  sensors: NO_SENSOR,
  media: NO_DEVICE,
  mediaKeySystem: NO_DEVICE,
  'speaker-selection': NO_DEVICE,
  midi: NO_DEVICE,
  midiSysex: NO_DEVICE,
  hid: NO_DEVICE,
  serial: NO_DEVICE,
  usb: NO_DEVICE,
  nfc: NO_DEVICE,
  'smart-card': NO_DEVICE,
  ar: NO_IMMERSION,
  vr: NO_IMMERSION,
  'hand-tracking': NO_IMMERSION,
  unknown: refused('What has no name has no reason.'),
}

/** Whether whoever is at an address has a permission; a name that is not in the table is refused. */
function isPermitted(permission: string, address: string): boolean {
  const row = Object.hasOwn(PERMISSIONS, permission) ? PERMISSIONS[permission as Permission] : undefined
  return row !== undefined && row.isGranted && isOurUrl(address)
}

/** Makes a session answer by the table, and hand out no device, no download and nothing from elsewhere. */
export function guardSession(session: Session, onRefused: (sentence: string) => void): void {
  session.setPermissionRequestHandler((...asked) => {
    const [, permission, answer, { requestingUrl, isMainFrame }] = asked
    const isGranted = isMainFrame && isPermitted(permission, requestingUrl)
    if (!isGranted) onRefused(`The page was refused the permission ${permission}.`)
    answer(isGranted)
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => isPermitted(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    event.preventDefault()
    onRefused('The page was refused a download.')
  })
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !isLoadable(url)
    if (cancel) onRefused(`The page was refused a resource from ${originOf(url)}.`)
    answer({ cancel })
  })
}

/** The page's own files, its icons (`data:`), and the developer tools' own page where they are allowed at all. */
function isLoadable(address: string): boolean {
  const protocol = URL.parse(address)?.protocol
  return isOurUrl(address) || protocol === 'data:' || protocol === 'devtools:'
}

/** Enough of an address for the log: its path and query may hold anything. */
function originOf(address: string): string {
  const url = URL.parse(address)
  return url === null ? 'an unreadable address' : `${url.protocol}//${url.host}`
}
