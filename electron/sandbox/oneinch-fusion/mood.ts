/** How the server is disposed; faults change it. */
export interface Mood {
  /** Requests over the socket are not answered. */
  isSpeechless: boolean
}
