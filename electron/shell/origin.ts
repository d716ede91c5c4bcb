/** Scheme of the page: a file of ours is not a file of the disk, and has an origin of its own. */
export const APP_SCHEME = 'app'

/** The one host of the scheme. */
const APP_HOST = 'console'

/** Where the page begins. */
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/**
 * Whether an address is one of our page. Compared by scheme and host, because the origin of a scheme of one's own is
 * "null" in Node, and so is that of every stranger like it.
 */
export function isOurUrl(address: string): boolean {
  const url = URL.parse(address)
  if (url === null) return false
  const { protocol, host, username, password } = url
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}
