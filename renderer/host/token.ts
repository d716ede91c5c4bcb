/** Where the token is kept for a reload of this tab; gone when the tab is closed. */
const STORED_UNDER = 'intent-console.token'

/**
 * The token of this run: taken out of the address bar (`#token=…`) at once, else the one that this tab already had.
 * Null when the page was opened without the link that the console printed.
 */
export function takeToken(): string | null {
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get('token')
  if (fromAddress === null || fromAddress === '') return sessionStorage.getItem(STORED_UNDER)
  sessionStorage.setItem(STORED_UNDER, fromAddress)
  history.replaceState(history.state, '', `${location.pathname}${location.search}`)
  return fromAddress
}
