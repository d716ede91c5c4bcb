import type { Trouble } from './keepConnected.ts'

const NETWORK_CODE = /\b(?:E[A-Z]{4,}(?:_[A-Z]+)*|[A-Z_]*(?:CERT|SIGNED|TLS)[A-Z_]*)\b/

/** A trouble that may pass by itself: the connection is tried again by the growing delays. */
export function retrying(reason: string, tip: string): Trouble {
  return { state: 'retrying', reason, tip }
}

/** A trouble that only a person can mend, here or there. */
export function refused(reason: string, tip: string): Trouble {
  return { state: 'refused', reason, tip }
}

/** The server sends us elsewhere, where a credential must not follow. */
export function redirected(url: string): Trouble {
  return refused(
    `The server at ${url} redirects elsewhere, and redirects are not followed.`,
    'Write the final URL into the profile.',
  )
}

/** What a failure of the network or of TLS means, from any text that names its code; null when none does. */
export function troubleOfNetwork(text: string, url: string): Trouble | null {
  const code = NETWORK_CODE.exec(text)?.[0]
  if (code === undefined) return null
  if (code === 'ECONNREFUSED') {
    return retrying(
      `The connection was refused: nothing listens at ${url}.`,
      'Is the server running, and is the port right?',
    )
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return retrying(
      `The host name of ${url} is not known (${code}).`,
      'Check the spelling in the profile, the network and the VPN.',
    )
  }
  if (/CERT|SIGNED|TLS/.test(code)) {
    return refused(
      `The certificate of ${url} is not trusted (${code}).`,
      'Ask who runs the server for a good certificate.',
    )
  }
  return retrying(
    `The network failed on the way to ${url} (${code}).`,
    'Check the network and the VPN; the console keeps trying.',
  )
}
