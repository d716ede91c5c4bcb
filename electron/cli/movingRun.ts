import { Failure } from '../../shared/api/failure.ts'
import { DEMO_NAME, savedProfile } from '../engine/savedProfiles.ts'
import type { Choice, Folders } from './choice.ts'
import { createDataDir } from './dataDir.ts'
import { startRun } from './run.ts'
import type { Run, RunOptions } from './run.ts'

/** Time for the answer to the page that asked for the move to leave before its engine closes, milliseconds. */
const ANSWER_LEAVES_MS = 100

/** What a run needs that can move between the demo and the profiles. */
export type MovingRunOptions = Omit<RunOptions, 'useProfile' | 'profilesDir'> & {
  folders: Folders
  /** Called when neither the new nor the old folder could be opened again, and nothing is running. */
  onStranded: () => void
}

/** A run that can move: demo and profiles keep separate folders, so moving closes one run and opens another. */
export interface MovingRun {
  router: () => Run['router']
  /** Tells the router of each run that follows. */
  onMoved: (callback: (router: Run['router']) => void) => void
  /** Tells the run, once no move is under way, that the machine goes to sleep or is awake again (`Engine`). */
  tell: (what: 'suspend' | 'resume') => Promise<void>
  close: () => Promise<void>
}

/** Starts the first run and moves when a page asks for it. */
export async function openMovingRun(first: Choice, options: MovingRunOptions): Promise<MovingRun> {
  const { folders, surroundings, logger } = options
  const runOptions: RunOptions = { ...options, profilesDir: folders.saved, useProfile }
  let choice = first
  let tellMoved: (router: Run['router']) => void = () => undefined
  let moving: Promise<void> | null = null
  let isClosed = false
  let run = await startRun(first, runOptions)

  async function useProfile(name: string): Promise<void> {
    if (moving !== null || isClosed) {
      throw new Failure('closed', 'The console is on its way to another profile already.', {
        tip: 'Try again in a moment.',
      })
    }
    const next = await choiceNamed(name, folders)
    moving = move(next).finally(() => {
      moving = null
    })
  }

  async function move(next: Choice): Promise<void> {
    await surroundings.clock.sleep(ANSWER_LEAVES_MS, new AbortController().signal)
    await run.close()
    try {
      run = await startAt(next)
      choice = next
    } catch (error) {
      logger.error('The other profile could not be opened, so the console goes back.', {
        reason: String(error),
      })
      await goBack()
    }
    tellMoved(run.router)
  }

  async function startAt(place: Choice): Promise<Run> {
    createDataDir(place.dataDir)
    return startRun(place, runOptions)
  }

  async function goBack(): Promise<void> {
    try {
      run = await startAt(choice)
    } catch (error) {
      logger.error('The way back failed too; the console stops.', { reason: String(error) })
      options.onStranded()
    }
  }

  return {
    router: () => run.router,
    onMoved: (callback) => {
      tellMoved = callback
    },
    tell: (what) => Promise.resolve(moving).then(() => (isClosed ? undefined : run[what]())),
    close: async () => {
      isClosed = true
      await moving
      await run.close()
    },
  }
}

/** Where a name leads; fails with `not-found` or `usage` before anything is closed. */
async function choiceNamed(name: string, folders: Folders): Promise<Choice> {
  if (name === DEMO_NAME) return { profile: null, dataDir: folders.demo }
  return { profile: await savedProfile(folders.saved, name), dataDir: folders.profiles }
}
