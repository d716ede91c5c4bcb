import { APPROVAL_MINUTES, type Profile } from '../../../shared/api/profile.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Identity } from '../../vault/identities.ts'
import { readApproval, writtenRequest, type Approval, type ApprovalRequest } from './approvalFiles.ts'
import { canonicalOf, hashOfCommand, shownOf, type Canonical } from './canonical.ts'

/** How far the clocks of two computers may differ: far more than those that are kept by time servers do. */
const CLOCK_SKEW_MS = 120_000

const MINUTE_MS = 60_000

/** A command for which a second person is asked. */
export interface ApprovalAsk {
  canonical: Canonical
  requestedBy: Identity
  nowMs: number
}

/** What an approval is held against. */
export interface ApprovalCheck {
  /** Of the approval file. */
  text: string
  /** Of the canonical command that is about to be sent. */
  hash: string
  profile: Pick<Profile, 'approvals'>
  nowMs: number
  /** Nonces of approvals that were used before. */
  usedNonces: ReadonlySet<string>
  /** Key of whoever asks here; null when there is none, and then nothing was asked for here. */
  ownPublicKey: string | null
  /** Keys whose private halves lie in this very vault. */
  heldPublicKeys: readonly string[]
}

/** An approval that is good, and whose it is. */
export interface CheckedApproval {
  /** As the profile names the approver, whatever the file says. */
  name: string
  publicKey: string
  nonce: string
  /** The approver's private key lies in this very vault: the same person has confirmed a second time, no more. */
  isSamePerson: boolean
}

/** The text of the file to hand to a second person. */
export function approvalRequestText({ canonical, requestedBy, nowMs }: ApprovalAsk): string {
  const command = canonicalOf(canonical)
  return writtenRequest({
    hash: hashOfCommand(command),
    command,
    shown: shownOf(canonical),
    requestedBy,
    requestedAtMs: nowMs,
    expiresAtMs: nowMs + command.minutes * MINUTE_MS,
  })
}

/** Fails with `closed` unless a request can be approved now: it has not expired, and asks for no longer than it may. */
export function checkRequest(request: ApprovalRequest, nowMs: number): void {
  const problem = complaintAbout(request, nowMs)
  if (problem !== null) throw new Failure('closed', problem, { tip: 'Have it made anew.' })
}

function complaintAbout(request: ApprovalRequest, nowMs: number): string | null {
  const { command, requestedAtMs, expiresAtMs } = request
  if (expiresAtMs <= nowMs) return 'This request has expired.'
  if (requestedAtMs > nowMs + CLOCK_SKEW_MS) return 'This request is dated in the future; compare the clocks.'
  if (expiresAtMs <= requestedAtMs + command.minutes * MINUTE_MS) return null
  return `This request was altered: it wants longer than the ${String(command.minutes)} minutes that it may hold.`
}

/** Whose approval it is; fails with `closed` and why when it does not hold for this command now. People are told apart by key, never by name. */
export function checkApproval(check: ApprovalCheck): CheckedApproval {
  const approval = readApproval(check.text)
  const problem = problemOf(approval, check)
  if (problem !== null) throw refused(problem)
  const { publicKey } = approval.approver
  const approver = check.profile.approvals?.approvers.find((one) => one.publicKey.toLowerCase() === publicKey)
  if (approver === undefined) {
    throw refused('The key of this approval is not among the approvers of the profile.')
  }
  return {
    name: approver.name,
    publicKey,
    nonce: approval.nonce,
    isSamePerson: check.heldPublicKeys.includes(publicKey),
  }
}

function problemOf(approval: Approval, check: ApprovalCheck): string | null {
  const { approver, requester, approvedAtMs, expiresAtMs } = approval
  const { nowMs, ownPublicKey } = check
  if (approval.hash !== check.hash) {
    return 'This approval is for another command, for this one before its intent moved, or from another data folder.'
  }
  if (approver.publicKey === requester || approver.publicKey === ownPublicKey) {
    return 'Whoever asks cannot approve it too: this approval was made with the key of the request itself.'
  }
  if (requester !== ownPublicKey) return 'This approval was given to somebody else’s request.'
  if (approvedAtMs > nowMs + CLOCK_SKEW_MS) return 'This approval is dated in the future; compare the clocks.'
  if (nowMs >= Math.min(expiresAtMs, approvedAtMs + approvalMinutes(check.profile) * MINUTE_MS)) {
    return 'This approval has expired.'
  }
  return check.usedNonces.has(approval.nonce) ? 'This approval was used before.' : null
}

function refused(why: string): Failure {
  return new Failure('closed', why, { tip: 'Have another approver of the profile approve it anew.' })
}

/** How long an approval holds by a profile, minutes. */
export function approvalMinutes({ approvals }: Pick<Profile, 'approvals'>): number {
  return approvals?.minutes ?? APPROVAL_MINUTES
}
