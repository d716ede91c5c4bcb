/** The queries behind the screen Attention, one for each reason why an intent needs a person. */
export const ATTENTION = {
  overdue: 'is:stuck',
  endedAtRisk: 'is:at-risk is:terminal',
  contradicted: 'is:contradicted',
} as const
