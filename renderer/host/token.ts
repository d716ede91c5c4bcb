/** Where the token is kept for a reload of this tab; gone when the tab is closed. */
const STORED_UNDER = 'intent-console.token'

/**
 * The token of this run: taken out of the address bar (`#token=…`) at once, else the one that this tab already had.
 * Null when the page was opened without the link that the console printed.
 */
export function takeToken(): string | null {
  return tokenInAddress() ?? sessionStorage.getItem(STORED_UNDER)
}

/**
 * Calls back when a link with a token is opened in this tab while the page is there: a browser then changes the fragment
 * and nothing else. The token is the tab's own by then.
 */
export function onNewToken(callback: () => void): void {
  addEventListener('hashchange', () => {
    if (tokenInAddress() !== null) callback()
  })
}

/** Moves the token from the address bar to the tab's storage; null when there is none. */
function tokenInAddress(): string | null {
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get('token')
  if (fromAddress === null || fromAddress === '') return null
  sessionStorage.setItem(STORED_UNDER, fromAddress)
  history.replaceState(history.state, '', `${location.pathname}${location.search}`)
  return fromAddress
}
