/** The id of the Find box, for the keys and the menu that lead to it. */
export const FIND_BOX_ID = 'find'

/** Puts the focus into the Find box, with what stands in it selected. */
export function leadToFind(): void {
  const box = document.getElementById(FIND_BOX_ID)
  if (box instanceof HTMLInputElement) box.select()
  box?.focus()
}
