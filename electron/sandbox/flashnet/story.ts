import { isLeftOut, type Absence } from '../kit/absence.ts'
import type { Arrival } from '../kit/arrivals.ts'
import { createBook } from '../kit/book.ts'
import type { SandboxClock } from '../kit/clock.ts'
import { createRandom, type Random } from '../kit/random.ts'
import { createStoryline, type Storyline } from '../kit/storyline.ts'
import type { Cast } from '../world/cast.ts'
import { signedForMs, writeGivenLife, writeLife, type Move, type Submission } from './life.ts'

const MINUTE_MS = 60_000

/** Submissions that are under way or lately ended when the story begins. */
const PAST_COUNT = 70

/** How long ago the oldest of them began, story milliseconds: twice the time for which clients sign. */
const PAST_MS = 30 * MINUTE_MS

/** Submissions whose ids are known already and that nobody has made yet. */
const FUTURE_COUNT = 4

/** Between two of them on average, story milliseconds. */
const ARRIVAL_MS = 75_000

/** Submissions that are kept, some two days of story, so that a demo may run for longer; the oldest goes first. */
const MOST_KEPT = 3_000

/** What a story depends on. */
export interface StoryOptions {
  seed: number
  rate: number
  clock: SandboxClock
  /** When nobody listened to the story that is told on. */
  absence?: Absence | undefined
  cast: Cast
  /** While it answers true the oracle confirms nothing: what waits for it goes on waiting. */
  isOracleDown: () => boolean
  onChange: (submission: Submission) => void
}

/** What a client submits. */
interface Given {
  /** What tells it from all others: the id of its content, else its nonce. */
  content: string
  /** Whether the oracle has to look for its deposits. */
  isDeposit: boolean
  expiresAtMs: number
  /** Why it comes to nothing; null when it goes well. */
  trouble: string | null
}

/** Submissions on their way, of the same cast as everything else. */
export interface Story {
  find: (submissionId: string) => Submission | undefined
  all: () => Iterable<Submission>
  /** Every id that is as young as the story's past at its start, or will be soon. */
  ids: () => string[]
  /** Begins one that a client submits. */
  submit: (given: Given) => Submission
  close: () => void
}

interface Course {
  submission: Submission
  bornMs: number
  moves: readonly Move[]
  next: number
  /** Whether it is the story's own, after which another one is awaited. */
  isNative: boolean
}

/** How long a move waits for an oracle that is down, story milliseconds. */
const ORACLE_WAIT_MS = 5_000

/** Starts the story of a seed, with its past already told. */
export function startStory(options: StoryOptions): Story {
  const story = new FlashnetStory(options)
  story.begin()
  return story
}

class FlashnetStory implements Story {
  readonly #options: StoryOptions
  readonly #chance: Random
  readonly #line: Storyline<Course>
  readonly #made = createBook<Submission>({
    most: MOST_KEPT,
    idOf: ({ submissionId }) => submissionId,
    isOver: () => true,
  })
  readonly #arrivals: Iterator<Arrival, never>
  #known: Submission[] = []

  constructor(options: StoryOptions) {
    this.#options = options
    this.#chance = createRandom(options.seed).branch('flashnet')
    this.#arrivals = arrivals(this.#chance)
    this.#line = createStoryline<Course>(options, (course, atMs) => {
      this.#advance(course, atMs)
    })
  }

  begin(): void {
    let ahead = 0
    while (ahead < FUTURE_COUNT) if (this.#await().bornMs > 0) ahead += 1
    this.#line.begin()
  }

  find(submissionId: string): Submission | undefined {
    return this.#made.find(submissionId)
  }

  all(): Iterable<Submission> {
    return this.#made.all()
  }

  ids(): string[] {
    return this.#known.map(({ submissionId }) => submissionId)
  }

  submit({ content, isDeposit, expiresAtMs, trouble }: Given): Submission {
    const bornMs = this.#line.nowMs()
    const atMs = this.#line.wallMs(bornMs)
    // The same content given to a later run, which has forgotten it, is another submission.
    const random = this.#chance.branch(`given ${content} ${atMs}`)
    const submission = this.#newborn(random, { isDeposit, atMs, expiresAtMs })
    if (/^[0-9a-f]{64}$/.test(content)) submission.intentId = content
    this.#made.add(submission)
    const moves = writeGivenLife(random, isDeposit, trouble)
    this.#line.add(bornMs, { submission, bornMs, moves, next: -1, isNative: false })
    this.#line.wake()
    return submission
  }

  close(): void {
    this.#line.close()
  }

  /** Writes the next one, whose id is known from now on. */
  #await(): Arrival {
    const arrival = this.#nextArrival()
    const { serial, bornMs } = arrival
    const random = this.#chance.branch(`submission ${serial}`)
    const isDeposit = random.chance(0.7)
    const atMs = this.#line.wallMs(bornMs)
    const expiresAtMs = this.#line.wallMs(bornMs + signedForMs())
    const submission = this.#newborn(random, { isDeposit, atMs, expiresAtMs })
    const youngMs = this.#line.wallMs(this.#line.nowMs() - PAST_MS)
    this.#known = [...this.#known.filter(({ createdAtMs }) => createdAtMs >= youngMs), submission]
    const moves = writeLife(random, isDeposit)
    this.#line.add(bornMs, { submission, bornMs, moves, next: -1, isNative: true })
    return arrival
  }

  #nextArrival(): Arrival {
    const { absence, rate } = this.#options
    for (;;) {
      const arrival = this.#arrivals.next().value
      const atMs = this.#line.wallMs(arrival.bornMs)
      if (absence === undefined || !isLeftOut(atMs, absence, { pastMs: PAST_MS, rate })) return arrival
    }
  }

  #newborn(
    random: Random,
    { isDeposit, atMs, expiresAtMs }: { isDeposit: boolean; atMs: number; expiresAtMs: number },
  ): Submission {
    return {
      submissionId: uuid(random),
      intentId: random.hex(32).slice(2),
      maker: this.#options.cast.pickMaker(random),
      isDeposit,
      stage: isDeposit ? 'oracle' : 'accepted',
      createdAtMs: atMs,
      updatedAtMs: atMs,
      expiresAtMs,
      statusMessage: null,
      executionTxHash: null,
      former: null,
    }
  }

  #advance(course: Course, storyMs: number): void {
    const { submission, moves, next, bornMs } = course
    const move = moves[next]
    const isHeldUp = submission.stage === 'oracle' && move?.to === 'accepted' && this.#options.isOracleDown()
    if (isHeldUp) {
      this.#line.add(storyMs + ORACLE_WAIT_MS, course)
      return
    }
    if (move === undefined) this.#made.add(submission)
    else perform(submission, move, this.#line.wallMs(storyMs))
    this.#options.onChange(submission)
    if (course.isNative && move === undefined && bornMs > 0) this.#await()
    const following = moves[next + 1]
    if (following === undefined) return
    const atMs = Math.max(storyMs, bornMs + following.afterMs)
    this.#line.add(atMs, { ...course, next: next + 1 })
  }
}

/** The past, the oldest of it rare, and then one after the other without end. */
function* arrivals(chance: Random): Generator<Arrival, never> {
  let serial = 0
  for (; serial < PAST_COUNT; serial += 1) yield { serial, bornMs: -PAST_MS * chance.next() ** 2 }
  for (let bornMs = chance.waiting(ARRIVAL_MS); ; bornMs += chance.waiting(ARRIVAL_MS), serial += 1)
    yield { serial, bornMs }
}

function perform(submission: Submission, move: Move, atMs: number): void {
  submission.former = submission.stage
  submission.stage = move.to
  submission.updatedAtMs = atMs
  submission.statusMessage = move.statusMessage ?? submission.statusMessage
  submission.executionTxHash = move.executionTxHash ?? submission.executionTxHash
}

function uuid(random: Random): string {
  const hex = random.hex(16).slice(2)
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`]
  return [...groups, hex.slice(20)].join('-')
}
