import type * as Electron from 'electron'

/** The parts of Electron that the shell uses. The root hands them in, so that the shell itself loads under plain Node. */
export type ElectronParts = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'powerMonitor'
  | 'protocol'
  | 'screen'
  | 'session'
>
