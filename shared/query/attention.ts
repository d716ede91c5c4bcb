/** The queries behind the screen Attention, one for each reason why an intent needs a person, and what was silenced. */
export const ATTENTION = {
  overdue: 'is:stuck not is:silenced',
  endedAtRisk: 'is:at-risk is:terminal not is:silenced',
  contradicted: 'is:contradicted not is:silenced',
  silenced: 'is:silenced (is:stuck or is:contradicted or (is:at-risk is:terminal))',
} as const
