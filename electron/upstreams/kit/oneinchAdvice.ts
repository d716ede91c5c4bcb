import type { Advice } from './advice.ts'

/**
 * What statuses of 1inch’s relayers and quoters mean, whatever was asked. Sources: the SDK for 401, the pricing page for limits; whether an
 * answer says how long to wait is not documented.
 */
export const ONEINCH_ADVICE: Advice = {
  401: 'The API does not take this key: set one of the account’s keys on the card of the connection or with `credential set`, and give it again.',
  404: 'The API serves no such chain or version here, or does not know the order: check `restUrl` and the version in the profile, and read the intent again.',
  429: 'The limit of the account is used up, which all its keys share, by the second and by the minute or month: wait a minute, and look at the account’s plan where it comes back.',
}
