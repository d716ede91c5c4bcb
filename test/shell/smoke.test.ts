import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Why the real window cannot be opened here; null when it can. */
function obstacle(): string | null {
  const program = join(ROOT, 'node_modules/electron/dist', NAMES[process.platform] ?? 'electron')
  if (!existsSync(program)) return 'the Electron runtime is not here (`npx install-electron` downloads it)'
  if (!existsSync(join(ROOT, 'out/main/main.js'))) return 'the console is not built (`npm run build`)'
  if (process.platform !== 'linux') return null
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display'
  return process.getuid?.() === 0 ? 'Electron does not run as root with its sandbox on' : null
}

const why = obstacle()

test(`the real window shows the demo${why === null ? '' : ` (skipped: ${why})`}`, async ({ skip }) => {
  if (why !== null) skip(why)
  const folder = mkdtempSync(join(tmpdir(), 'smoke-'))
  // Playwright would switch Chromium's sandbox off on Linux, which is one of the things to be seen here.
  const electron = await _electron.launch({
    args: [ROOT, '--', 'serve', '--demo', '--data', folder],
    chromiumSandbox: true,
  })
  try {
    const page = await electron.firstWindow()
    await page.getByRole('grid', { name: 'Intents' }).getByRole('row').nth(3).waitFor()
    expect(page.url()).toMatch(/^app:\/\/console\//)
    const reached = await page.evaluate(() =>
      ['require', 'process', 'module'].filter((name) => name in window),
    )
    expect(reached).toEqual([])
  } finally {
    await electron.close()
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
