import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { Failure } from '../../shared/api/failure.ts'
import { formatInstant } from '../../shared/intent/time.ts'
import {
  readRequest,
  showsWholeBody,
  writtenApproval,
  type Approval,
  type ApprovalRequest,
} from '../engine/actions/approvalFiles.ts'
import { checkRequest } from '../engine/actions/approvals.ts'
import { shortened, shortenedPath, troubleWithFile } from '../engine/shortened.ts'
import type { Identity } from '../vault/identities.ts'
import type { ApproveOptions } from './approve.ts'
import { heldAtLeastOne, withIdentities } from './identities.ts'
import type { Surroundings } from './surroundings.ts'
import { printable } from './table.ts'

/** Characters of the subject's end that a person types, as everywhere. */
const TAIL_LENGTH = 6

/** Longest line that is read as an answer, characters. */
const LONGEST_ANSWER = 1_000

const NONCE_BYTES = 16

/**
 * Shows a request, asks for the end of what it is about, and writes an approval of exactly that. Fails with `not-found`, `usage`
 * or `closed`; then nothing was written.
 */
export async function approve(
  file: string,
  options: ApproveOptions,
  surroundings: Surroundings,
): Promise<Approval> {
  const request = readRequest(await textOf(file))
  const nowMs = surroundings.clock.nowMs()
  checkRequest(request, nowMs)
  return withIdentities(options, surroundings, async (identities) => {
    const held = await heldAtLeastOne(identities)
    const approver = approverAmong(held, options.as)
    refuseOwn(request, approver)
    for (const line of linesOf(request, nowMs)) surroundings.say(printable(line))
    if (held.some(({ publicKey }) => publicKey === request.requestedBy.publicKey)) {
      surroundings.say('This computer holds the identity that asks, too: this is a second confirmation only.')
    }
    await confirmed(request, surroundings)
    const approval: Approval = {
      hash: request.hash,
      requester: request.requestedBy.publicKey,
      approver,
      approvedAtMs: surroundings.clock.nowMs(),
      expiresAtMs: request.expiresAtMs,
      nonce: randomBytes(NONCE_BYTES).toString('hex'),
    }
    await writeNew(
      options.out,
      await writtenApproval(approval, (text) => identities.sign(approver.publicKey, text)),
    )
    return approval
  })
}

function approverAmong(held: readonly [Identity, ...Identity[]], name: string | undefined): Identity {
  if (name === undefined) return held[0]
  const found = held.find((one) => one.name === name)
  if (found !== undefined) return found
  throw new Failure('not-found', `There is no identity “${shortened(name)}” here.`, {
    tip: `There are: ${held.map((one) => one.name).join(', ')}.`,
  })
}

function refuseOwn({ requestedBy }: ApprovalRequest, approver: Identity): void {
  if (approver.publicKey !== requestedBy.publicKey) return
  throw new Failure('closed', 'You have asked for this yourself, so somebody else has to approve it.', {
    tip: 'Give the request to another approver of the profile.',
  })
}

/** What the hash or the signature holds, so that nobody can be shown anything else; all but the name of whoever asks. */
function linesOf(request: ApprovalRequest, nowMs: number): string[] {
  const { command, shown, requestedBy, expiresAtMs } = request
  const body = [
    ...(shown.bodyText === null ? [] : [`  body: ${shown.bodyText}`]),
    ...(showsWholeBody(request)
      ? []
      : [`  Secrets in the body are not shown; its SHA-256 is ${command.body ?? ''}`]),
  ]
  return [
    `Whoever holds the key ${requestedBy.publicKey}, by their own word ${requestedBy.name}, asks to have this sent:`,
    `${shown.words} (${shown.command}) on ${command.connection} (${command.system}), about ${command.subject}.`,
    `What is sent: ${shown.method} ${shown.url}`,
    ...shown.headers.map(([name, value]) => `  ${name}: ${value}`),
    ...body,
    'What it rests on:',
    ...Object.entries(command.basis).map(([field, value]) => `  ${field}: ${value}`),
    `Expected: ${shown.expected}`,
    ...(shown.warning === '' ? [] : [`Warning: ${shown.warning}`]),
    `It can be used until ${formatInstant(expiresAtMs, 'utc', nowMs)}.`,
  ]
}

/** Fails with `closed` unless the end of the subject is typed. */
async function confirmed({ command }: ApprovalRequest, { input, say }: Surroundings): Promise<void> {
  const tail = command.subject.slice(-TAIL_LENGTH)
  say(`To approve, type the last ${String(tail.length)} characters of ${printable(command.subject)}:`)
  const typed = await firstLine(input ?? process.stdin)
  if (typed.trim().toLowerCase() === tail.toLowerCase()) return
  throw new Failure('closed', 'Nothing was approved: what was typed is not the end of that id.', {
    tip: 'Run the command again.',
  })
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of input) {
    text += chunk.toString()
    if (text.includes('\n') || text.length > LONGEST_ANSWER) break
  }
  return text.split('\n')[0] ?? ''
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Failure('not-found', `${shortenedPath(file)} cannot be read: ${troubleWithFile(error)}.`)
  })
}

function writeNew(file: string, text: string): Promise<void> {
  return writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw new Failure('usage', `${shortenedPath(file)} cannot be written: ${troubleWithFile(error)}.`, {
      tip: 'Give the name of a file that is not there yet.',
    })
  })
}
