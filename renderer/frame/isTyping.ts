/** Whether a key pressed there writes text or chooses from a menu, so that it is no shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role^="menuitem"]'))
  )
}
