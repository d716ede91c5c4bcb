/**
 * Sets a machine up for the tests: a Chromium for the page, a keychain with its session bus, and the tools that look at
 * what the console really does. On Debian, as root, what is missing is installed; elsewhere a sentence names it, and the
 * tests that need it fail or skip with a sentence of their own rather than being left out in silence.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Each need with the files that meet it (any one does) and the Debian package that brings them. */
const NEEDS = [
  { what: 'Chromium', places: CHROMIUM, packageName: 'chromium' },
  { what: 'a font', places: ['/usr/share/fonts/truetype/dejavu'], packageName: 'fonts-dejavu-core' },
  {
    what: 'the library behind the keychain',
    places: ['/usr/lib/x86_64-linux-gnu/libsecret-1.so.0', '/usr/lib/aarch64-linux-gnu/libsecret-1.so.0'],
    packageName: 'libsecret-1-0',
  },
  { what: 'a keychain', places: ['/usr/bin/gnome-keyring-daemon'], packageName: 'gnome-keyring' },
  { what: 'a session bus', places: ['/usr/bin/dbus-daemon'], packageName: 'dbus' },
  { what: 'gdbus', places: ['/usr/bin/gdbus'], packageName: 'libglib2.0-bin' },
  { what: 'strace', places: ['/usr/bin/strace'], packageName: 'strace' },
  { what: 'ss', places: ['/usr/bin/ss', '/bin/ss'], packageName: 'iproute2' },
  { what: 'prlimit', places: ['/usr/bin/prlimit'], packageName: 'util-linux' },
  { what: 'script', places: ['/usr/bin/script'], packageName: 'bsdutils' },
  { what: 'mount', places: ['/usr/bin/mount'], packageName: 'mount' },
  { what: 'sqlite3', places: ['/usr/bin/sqlite3'], packageName: 'sqlite3' },
]

const missing = NEEDS.filter(({ places }) => !places.some((place) => place && existsSync(place)))
const names = missing.map(({ what }) => what).join(', ')
const isRoot = process.getuid?.() === 0

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return (
    spawnSync('apt-get', ['-q', '-y', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  )
}

if (missing.length === 0) {
  process.stdout.write('Everything that the tests need is here.\n')
} else if (isRoot && existsSync('/usr/bin/apt-get')) {
  const packages = missing.map(({ packageName }) => packageName)
  process.stdout.write(`Installing ${packages.join(', ')} …\n`)
  if (!(apt('update') && apt('install', '--no-install-recommends', ...packages))) {
    process.stdout.write('Not all of it could be installed; the tests that need it will say so.\n')
  }
} else {
  process.stdout.write(`Not here: ${names}. Install them (for Chromium, CHROMIUM_PATH may name it).\n`)
}
