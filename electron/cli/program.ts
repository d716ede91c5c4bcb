import { Command, CommanderError } from 'commander'
import { Failure } from '../../shared/api/failure.ts'
import { shortenedWords } from '../engine/shortened.ts'
import { addAct } from './act.ts'
import { addApprove } from './approve.ts'
import { addAudit } from './audit.ts'
import { addConnections } from './connections.ts'
import { addCredential } from './credential.ts'
import { addDoctor } from './doctor.ts'
import { exitCodeOf, failureOf, sentenceOf } from './exit.ts'
import { addFind } from './find.ts'
import { addIdentity } from './identity.ts'
import { addLater } from './later.ts'
import { addRebuild } from './rebuild.ts'
import { addRetention } from './retention.ts'
import { addServe } from './serve.ts'
import { addSettle } from './settle.ts'
import { addShow } from './show.ts'
import type { Surroundings } from './surroundings.ts'
import { addTail } from './tail.ts'
import { addVerify } from './verify.ts'

/** Exit code of a wrong command line. */
const USAGE = exitCodeOf('usage')

/** Exit code of a command that answered in full and was not accepted. */
const FAILED = 1

/** Runs one command line to its end; answers the exit code. A failure is one sentence on stderr, with `--json` also JSON. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const program = new Command('intent-console')
    .description('Watches cross-chain intents: where is the money, what comes next, what can be done.')
    .version(surroundings.build.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        surroundings.print(text.trimEnd())
      },
      writeErr: (text) => {
        surroundings.say(shortenedWords(text.trimEnd()))
      },
    })
  addServe(program, surroundings)
  addFind(program, surroundings)
  addShow(program, surroundings)
  addTail(program, surroundings)
  addAudit(program, surroundings)
  addSettle(program, surroundings)
  addIdentity(program, surroundings)
  addApprove(program, surroundings)
  addConnections(program, surroundings)
  addCredential(program, surroundings)
  addDoctor(program, surroundings)
  addRebuild(program, surroundings)
  addRetention(program, surroundings)
  addVerify(program, surroundings)
  let exitCode = 0
  addAct(program, surroundings, (isAccepted) => {
    exitCode = isAccepted ? 0 : FAILED
  })
  addLater(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (thrown) {
    const isJson = args.includes('--json')
    if (thrown instanceof CommanderError) {
      // Help and version end this way too, with 0. Whatever it is, commander has said it itself.
      if (thrown.exitCode === 0) return 0
      if (isJson) surroundings.print(JSON.stringify(new Failure('usage', shortenedWords(thrown.message))))
      return USAGE
    }
    const failure = failureOf(thrown)
    surroundings.say(sentenceOf(failure))
    if (isJson) surroundings.print(JSON.stringify(failure))
    return exitCodeOf(failure.code)
  }
}
