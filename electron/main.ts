import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  screen,
  session,
} from 'electron'
import { buildAround } from './cli/build.ts'
import { runProcess } from './cli/process.ts'
import { argumentsOf } from './shell/arguments.ts'
import { desktopFace } from './shell/desktop.ts'

const parts = {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  screen,
  session,
}
const face = desktopFace(parts)
const claimed = Promise.withResolvers<undefined>()
const ended = runProcess(buildAround(import.meta.filename), {
  args: argumentsOf(process.argv, app.isPackaged),
  desktop: {
    ...face,
    claim: (folder) => {
      face.claim(folder)
      claimed.resolve(undefined)
    },
  },
}).finally(() => {
  app.exit(Number(process.exitCode ?? 0))
})

// Electron becomes ready once this module has been evaluated: what must be said before then has to be waited for here, and
// nothing that waits for readiness may be, or neither would ever come.
await Promise.race([claimed.promise, ended])
