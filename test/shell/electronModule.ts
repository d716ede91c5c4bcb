import { stubElectron } from './electronStub.ts'

const { parts, stage } = stubElectron({
  isLockFree: process.env['STUB_LOCK'] !== 'taken',
  onExit: (code) => {
    process.exit(code)
  },
})

export { stage }

/** What `import … from 'electron'` finds in a process whose loader leads it here. */
export const {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  screen,
  session,
} = parts
