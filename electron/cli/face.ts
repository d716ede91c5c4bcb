import type { AnyRouter } from '@orpc/server'
import type { Logger } from '../engine/logger.ts'
import type { Clock } from '../upstreams/kit/clock.ts'
import type { Build } from './surroundings.ts'

/** What a face shows and whom it may tell. */
export interface FaceSite {
  router: AnyRouter
  build: Build
  /** Folder of the console, the same for the demo and for profiles: what the face itself keeps lives here. */
  folder: string
  clock: Clock
  logger: Logger
  /** Fires when the console stops; then the face is closed. */
  signal: AbortSignal
  /** Ends the console. */
  stop: () => void
  /** The machine goes to sleep, or is awake again. */
  tell: (what: 'suspend' | 'resume') => Promise<void>
}

/** An open face: the screens of a running console. */
export interface Face {
  /** Serves another router from now on; open pages are told to connect again. */
  use: (router: AnyRouter) => void
  close: () => Promise<void>
}

/** A kind of face: the desktop window, or pages in a browser. */
export interface FaceKind {
  host: 'desktop' | 'browser'
  /** Takes what only one console of a folder may have, before anything is opened. Fails with `held`. */
  claim: (folder: string) => void
  open: (site: FaceSite) => Promise<Face>
}
