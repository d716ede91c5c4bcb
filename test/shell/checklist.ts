import { PERMISSIONS } from '../../electron/shell/permissions.ts'
import { keyPaths } from './builtPreload.ts'
import type { Posture } from './posture.ts'

/** Addresses that nothing of ours may ever load, go to or open. */
const NASTY = [
  'http://evil.test/',
  'https://evil.test/page',
  'http://127.0.0.1:3000/#token=stolen',
  'http://localhost/',
  'ftp://evil.test/file',
  'file:///etc/passwd',
  'data:text/html,<script>alert(1)</script>',
  'javascript:alert(1)',
  'blob:https://evil.test/5c8c',
  'about:blank',
  'chrome://settings/',
  'smb://evil.test/share',
  'ms-msdt:/id',
  'app://other/',
  'app://console.evil.test/',
  'app://console@evil.test/',
  'no address at all',
  '',
]

/** Permissions that no table would name. */
const STRANGE = ['__proto__', 'constructor', 'toString', 'everything', '']

/** One point of Electron's own security checklist, in its order, and how a program breaks it. */
export interface Point {
  number: number
  title: string
  /** Every way in which the posture breaks the point; none is good. */
  breaches: (posture: Posture) => Promise<string[]> | string[]
}

/** Electron's checklist, "Security", points 1 to 20. */
export const CHECKLIST: readonly Point[] = [
  { number: 1, title: 'only load secure content', breaches: (on) => NASTY.filter((url) => loads(on, url)) },
  {
    number: 2,
    title: 'no Node.js integration',
    breaches: (on) =>
      wrongly(on, {
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
      }),
  },
  { number: 3, title: 'context isolation', breaches: (on) => wrongly(on, { contextIsolation: true }) },
  {
    number: 4,
    title: 'process sandboxing',
    breaches: (on) => [
      ...wrongly(on, { sandbox: true }),
      ...(on.before.includes('sandbox') ? [] : ['not for every process']),
    ],
  },
  { number: 5, title: 'permission requests are answered by a table', breaches: permissionBreaches },
  { number: 6, title: 'webSecurity is on', breaches: (on) => wrongly(on, { webSecurity: true }) },
  { number: 7, title: 'a content security policy', breaches: policyBreaches },
  {
    number: 8,
    title: 'no insecure content inside',
    breaches: (on) => wrongly(on, { allowRunningInsecureContent: false }),
  },
  {
    number: 9,
    title: 'no experimental features',
    breaches: (on) => wrongly(on, { experimentalFeatures: false }),
  },
  {
    number: 10,
    title: 'no Blink features switched on',
    breaches: (on) => wrongly(on, { enableBlinkFeatures: undefined }),
  },
  {
    number: 11,
    title: 'no <webview>, so none with popups',
    breaches: (on) => wrongly(on, { webviewTag: false }),
  },
  {
    number: 12,
    title: 'a <webview> that is made all the same is refused',
    breaches: (on) => NASTY.filter((src) => !isPrevented(on, 'will-attach-webview', [{}, { src }])),
  },
  { number: 13, title: 'navigation is refused', breaches: navigationBreaches },
  {
    number: 14,
    title: 'new windows are refused',
    breaches: (on) =>
      [...NASTY, 'app://console/intents'].filter((url) => on.contents.openHandler({ url }).action !== 'deny'),
  },
  {
    number: 15,
    title: 'nothing is opened outside',
    breaches: (on) => [...(on.sources.match(/\bopenExternal\(|\bopenPath\(/g) ?? [])],
  },
  { number: 16, title: 'one exact, current version of Electron', breaches: versionBreaches },
  {
    number: 17,
    title: 'the sender of every message is checked',
    breaches: (on) => (on.isStrangerServed() ? ['a stranger was served'] : []),
  },
  { number: 18, title: 'a protocol of its own instead of file://', breaches: protocolBreaches },
  { number: 19, title: 'whoever packs sets the fuses', breaches: fuseBreaches },
  { number: 20, title: 'no API of Electron reaches the page', breaches: exposureBreaches },
]

function wrongly({ window }: Posture, expected: Record<string, unknown>): string[] {
  const given = (window.options.webPreferences ?? {}) as Record<string, unknown>
  return Object.keys(expected).filter((name) => given[name] !== expected[name])
}

/** Whether a resource is loaded: what the session is asked before each request. */
function loads({ session }: Posture, url: string): boolean {
  // The grid's icons are `data:`; what they may be used for is the content policy's.
  if (session.handlers.before === undefined) return true
  if (url.startsWith('data:')) return false
  let isCancelled = false
  session.handlers.before({ url }, ({ cancel }) => {
    isCancelled = cancel === true
  })
  return !isCancelled
}

function permissionBreaches({ session, contents }: Posture): string[] {
  const { request, check, device } = session.handlers
  if (request === undefined || check === undefined || device === undefined) return ['not handled at all']
  const breaches: string[] = []
  for (const permission of [...Object.keys(PERMISSIONS), ...STRANGE]) {
    for (const url of ['app://console/intents', ...NASTY]) {
      const isExpected = permission === 'clipboard-sanitized-write' && url.startsWith('app://console/')
      const details = { requestingUrl: url, isMainFrame: true }
      let isGranted = false
      request(contents as never, permission as never, (granted) => void (isGranted = granted), details)
      const isChecked = check(null, permission as never, url, details)
      if (isGranted !== isExpected || isChecked !== isExpected) breaches.push(`${permission} at ${url}`)
    }
  }
  return device({ deviceType: 'usb' } as never) ? [...breaches, 'a device'] : breaches
}

async function policyBreaches({ session }: Posture): Promise<string[]> {
  const { scheme } = session.handlers
  if (scheme === undefined) return ['no page of its own']
  const load = async (): Promise<{ policy: string; html: string }> => {
    const response = await scheme.handle(new Request('app://console/intents'))
    return { policy: response.headers.get('content-security-policy') ?? '', html: await response.text() }
  }
  const [first, second] = [await load(), await load()]
  const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? ''
  const wanted = ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "object-src 'none'"]
  return [
    ...wanted.filter((rule) => !first.policy.includes(rule)),
    ...["'unsafe-inline'", "'unsafe-eval'", ' * ', 'http:', 'https:'].filter((rule) =>
      first.policy.includes(rule),
    ),
    ...(nonce.length >= 22 && first.html.includes(nonce) ? [] : ['no nonce in the page']),
    ...(second.policy.includes(nonce) ? ['the same nonce twice'] : []),
  ]
}

function navigationBreaches(on: Posture): string[] {
  const events = ['will-navigate', 'will-frame-navigate', 'will-redirect']
  const away = events.flatMap((event) =>
    NASTY.filter((url) => !isPrevented(on, event, [{ url, isMainFrame: true }])).map(
      (url) => `${event} ${url}`,
    ),
  )
  const inside = isPrevented(on, 'will-frame-navigate', [{ url: 'app://console/', isMainFrame: false }])
  const isReloadable = !isPrevented(on, 'will-navigate', [
    { url: 'app://console/intents', isMainFrame: true },
  ])
  return [...away, ...(inside ? [] : ['a frame inside']), ...(isReloadable ? [] : ['not even its own page'])]
}

/** Emits an event that can be prevented; answers whether it was. */
function isPrevented(
  { contents }: Posture,
  name: string,
  [details, ...rest]: [object, ...unknown[]],
): boolean {
  let isPreventedNow = false
  const event = { ...details, preventDefault: () => void (isPreventedNow = true) }
  contents.emit(name, event, ...rest)
  return isPreventedNow
}

function versionBreaches({ manifest }: Posture): string[] {
  const version = { ...manifest.dependencies, ...manifest.devDependencies }['electron'] ?? ''
  // Electron supports its last three majors; the pinned one was the newest when the Node beside it was chosen.
  return /^(?:4[5-9]|[5-9]\d)\.\d+\.\d+$/.test(version) ? [] : [version]
}

function protocolBreaches({ window, schemes }: Posture): string[] {
  const rights = [
    'bypassCSP',
    'allowServiceWorkers',
    'corsEnabled',
    'supportFetchAPI',
    'allowExtensions',
    'stream',
  ]
  return [
    ...window.loaded.filter((url) => !url.startsWith('app://console/')),
    ...schemes.flatMap((scheme) => rights.filter((right) => scheme[right] === true)),
  ]
}

function fuseBreaches({ manifest }: Posture): string[] {
  const all = { ...manifest.dependencies, ...manifest.devDependencies }
  const packers = Object.keys(all).filter((name) =>
    /^(?:electron-builder|@electron-forge\/cli|@electron\/packager)$/.test(name),
  )
  return '@electron/fuses' in all ? [] : packers
}

function exposureBreaches({ exposed, sources }: Posture): string[] {
  return [
    ...keyPaths(exposed).filter((path) => !/^intentConsole\.(?:requestPort|onMenu): function$/.test(path)),
    ...(sources.match(/crashReporter\.start|setCertificateVerifyProc|appendSwitch|no-sandbox/g) ?? []),
  ]
}
