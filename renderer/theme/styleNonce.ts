/** The nonce that the content policy of this page wants on every style element that a library adds. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

/** Tells the library that locks scrolling under dialogs, which looks for the nonce under this global name only. */
export function shareStyleNonce(): void {
  Reflect.set(globalThis, '__webpack_nonce__', styleNonce)
}
