import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SystemName } from '../../shared/intent/ids.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/** Silence after which the systems here give a connection up, milliseconds. Neither it nor two thirds of it is any other time that the adapter waits for, so that a control can break it alone. */
export const STALE_AFTER_MS = 48_000

/** The other end of one system, told what to do by the suite. Speaks the real wire and knows nothing of the adapter. */
export interface FakeUpstream {
  url: string
  /** Null where the REST API lives at `url` too. */
  restUrl: string | null
  /** Tells whoever listens one good event about intent `n`; where nothing is pushed, whoever asks for it from now on. */
  sayGood: (n: number) => void
  /** Sends one message, within a connection that stays good, that nobody can read; where nothing is pushed, as the next answer. */
  sayBroken: () => void
  /** Sends bytes that end the connection, since no protocol knows them. */
  sayGarbage: () => void
  /** Sends one message of so many bytes. */
  sayHuge: (bytes: number) => void
  /** Tells a secret in every place where the wire may hold one. */
  saySecret: (secret: string) => void
  /** What happens right after a connection was accepted. */
  welcome: 'well' | 'garbage' | 'end'
  /** Keeps what is open and says nothing more. */
  isMute: boolean
  /** Lets nobody in for lack of a good credential, and closes what is open. */
  refuse: () => void
  admit: () => void
  /** Closes every connection; whoever comes again is let in. */
  drop: () => void
  /** Answers every request over REST; null: as usual. */
  answerRest: ((request: IncomingMessage, response: ServerResponse) => void) | null
  /** Answers, as text of HTTP, whoever wants to begin a connection; null: lets them in. */
  answerHandshake: string | null
  /** Attempts to begin a connection so far. */
  handshakes: () => number
  /** Requests over REST so far, by path. */
  reads: () => readonly string[]
  openSockets: () => number
  close: () => Promise<void>
}

/** What the suite needs to know of one system to run over it. */
export interface SystemBench {
  system: SystemName
  /** Starts a fake upstream on loopback, on any free port unless one is given. */
  serve: (port?: number) => Promise<FakeUpstream>
  /** Settings under which there is one carrier and one way to begin a connection. */
  settings: object
  /** Silence after which the adapter must have given a connection up under these settings, milliseconds. */
  staleAfterMs: number
  /** Whether an event is the good one about intent `n`. */
  isGood: (event: RawEvent, n: number) => boolean
  /** An id that `reread` can ask for. */
  id: string
  /** Where a credential must have a form: one for each name. None is given at first where this is absent. */
  credentialOf?: (name: string) => string
  /** Where nothing is pushed and all that is heard was asked for: the id of intent `n`, to ask for it. */
  askedIdOf?: (n: number) => string
  /** A part of the path that `reread` asks for. */
  readPath: string
}
