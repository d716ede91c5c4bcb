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

/** What a story depends on. */
export interface StoryOptions {
  seed: number
  rate: number
  clock: SandboxClock
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
  /** Every id there is or will be soon, in the order of submission. */
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
  readonly #made = new Map<string, Submission>()
  readonly #ids: string[] = []

  constructor(options: StoryOptions) {
    this.#options = options
    this.#chance = createRandom(options.seed).branch('flashnet')
    this.#line = createStoryline<Course>(options, (course, atMs) => {
      this.#advance(course, atMs)
    })
  }

  begin(): void {
    let bornMs = 0
    for (let n = 0; n < PAST_COUNT; n += 1) this.#plan(n, -PAST_MS * this.#chance.next() ** 2)
    for (let n = 0; n < FUTURE_COUNT; n += 1) {
      bornMs += this.#chance.waiting(ARRIVAL_MS)
      this.#plan(PAST_COUNT + n, bornMs)
    }
    this.#line.begin()
  }

  find(submissionId: string): Submission | undefined {
    return this.#made.get(submissionId.toLowerCase())
  }

  all(): Iterable<Submission> {
    return this.#made.values()
  }

  ids(): string[] {
    return [...this.#ids]
  }

  submit({ content, isDeposit, expiresAtMs, trouble }: Given): Submission {
    const random = this.#chance.branch(`given ${content}`)
    const bornMs = this.#line.nowMs()
    const atMs = this.#line.wallMs(bornMs)
    const submission = this.#newborn(random, { isDeposit, atMs, expiresAtMs })
    if (/^[0-9a-f]{64}$/.test(content)) submission.intentId = content
    this.#made.set(submission.submissionId, submission)
    this.#line.add(bornMs, {
      submission,
      bornMs,
      moves: writeGivenLife(random, isDeposit, trouble),
      next: -1,
    })
    this.#line.wake()
    return submission
  }

  close(): void {
    this.#line.close()
  }

  #plan(serial: number, bornMs: number): void {
    const random = this.#chance.branch(`submission ${serial}`)
    const isDeposit = random.chance(0.7)
    const atMs = this.#line.wallMs(bornMs)
    const expiresAtMs = this.#line.wallMs(bornMs + signedForMs())
    const submission = this.#newborn(random, { isDeposit, atMs, expiresAtMs })
    this.#ids.push(submission.submissionId)
    this.#line.add(bornMs, { submission, bornMs, moves: writeLife(random, isDeposit), next: -1 })
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
    if (move === undefined) this.#made.set(submission.submissionId, submission)
    else perform(submission, move, this.#line.wallMs(storyMs))
    this.#options.onChange(submission)
    const following = moves[next + 1]
    if (following === undefined) return
    const atMs = Math.max(storyMs, bornMs + following.afterMs)
    this.#line.add(atMs, { ...course, next: next + 1 })
  }
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
