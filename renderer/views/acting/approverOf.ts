/** What an approval file says of who approved, one sentence; the engine alone decides whether it is good. */
export function approverOf(text: string): string {
  try {
    const approval: unknown = JSON.parse(text)
    if (typeof approval !== 'object' || approval === null || !('approver' in approval)) return NO_APPROVAL
    const { approver } = approval
    if (typeof approver !== 'object' || approver === null || !('name' in approver)) return NO_APPROVAL
    return `Approval by ${String(approver.name)} opened; it is checked when you send.`
  } catch {
    return NO_APPROVAL
  }
}

const NO_APPROVAL = 'This file is no approval; it will be refused.'
