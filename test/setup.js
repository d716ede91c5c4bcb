/**
 * Sets a machine up for the tests: a Chromium for the page. On Debian, as root, it is installed; elsewhere a sentence
 * says what is missing, and the browser suite fails with the same sentence rather than being left out in silence.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Debian packages: the browser, a font so that screenshots have letters, the library behind the keychain. */
const PACKAGES = ['chromium', 'fonts-dejavu-core', 'libsecret-1-0']

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const isRoot = process.getuid?.() === 0
const hasApt = existsSync('/usr/bin/apt-get')

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return (
    spawnSync('apt-get', ['-q', '-y', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  )
}

if (places.some((place) => place && existsSync(place))) {
  process.stdout.write('Chromium is here.\n')
} else if (isRoot && hasApt) {
  process.stdout.write(`Installing ${PACKAGES.join(', ')} …\n`)
  if (!(apt('update') && apt('install', '--no-install-recommends', ...PACKAGES))) {
    process.stdout.write('The packages could not be installed; the browser suite will fail.\n')
  }
} else {
  process.stdout.write(
    'No Chromium here: install one and set CHROMIUM_PATH, or the browser suite will fail.\n',
  )
}
