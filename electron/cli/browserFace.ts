import { serveBrowser } from '../host/browser.ts'
import type { FaceKind } from './face.ts'
import { linkFolder, openSystemBrowser } from './systemBrowser.ts'

/** Pages in a browser: prints the ready line and opens the system's browser unless told not to. */
export function browserFace(options: {
  port: number
  isBrowserOpened: boolean
  print: (line: string) => void
}): FaceKind {
  return {
    host: 'browser',
    // The store's own lock is enough.
    claim: () => undefined,
    open: async ({ router, build, folder, clock, logger, signal }) => {
      const warn = (sentence: string): void => {
        logger.warn(sentence)
      }
      const { port, isBrowserOpened, print } = options
      let linkWasUsed: () => void = () => undefined
      const host = await serveBrowser({
        router,
        port,
        assetsDir: build.assetsDir,
        clock,
        onRefused: warn,
        onJoined: () => {
          linkWasUsed()
        },
      })
      if (!signal.aborted) {
        print(`ready ${host.url}`)
        const opening = { url: host.url, folder: linkFolder(folder), clock, onFailed: warn }
        if (isBrowserOpened) linkWasUsed = openSystemBrowser(opening)
      }
      return {
        use: host.use,
        close: () => {
          linkWasUsed()
          return host.close()
        },
      }
    },
  }
}
