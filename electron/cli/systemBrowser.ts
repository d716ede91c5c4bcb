import { spawn } from 'node:child_process'

/** Opens an address in the system's browser; the sentence says why when that did not work. */
export function openSystemBrowser(url: string, onFailed: (sentence: string) => void): void {
  const [command, ...args] = commandFor(process.platform, url)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {
    onFailed(`No browser could be opened (${command} is missing); open the printed address yourself.`)
  })
  child.on('exit', (code) => {
    if (code !== 0 && code !== null) {
      onFailed(
        `No browser could be opened (${command} ended with ${String(code)}); open the printed address yourself.`,
      )
    }
  })
  child.unref()
}

function commandFor(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', url]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  return ['xdg-open', url]
}
