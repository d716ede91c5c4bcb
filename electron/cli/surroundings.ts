import type { Clock } from '../upstreams/kit/clock.ts'
import type { FaceKind } from './face.ts'
import type { SecretInput } from './secretInput.ts'

/** Where the parts of this build are. */
export interface Build {
  version: string
  /** Folder of package.json. */
  root: string
  /** Root of the store's thread. */
  workerUrl: URL
  /** Root of the process that talks to the keychain. */
  keychainUrl: URL
  /** Folder of the built page. */
  assetsDir: string
}

/** What a command may touch besides its own options. */
export interface Surroundings {
  build: Build
  clock: Clock
  env: NodeJS.ProcessEnv
  /** What is typed or piped in; default: this process's stdin. */
  input?: SecretInput
  /** A result, one line on stdout. */
  print: (line: string) => void
  /** Anything else for a person, one line on stderr. */
  say: (sentence: string) => void
  /** The desktop window, where this process can have one. */
  desktop?: FaceKind
}
