/** Blanks and all that is drawn as nothing: control and format characters, marks without a letter, fillers, an empty braille cell. */
const UNSEEN = /[\p{White_Space}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Whether a reason, as given, says anything that a person can see. */
export function isReason(given: string): boolean {
  return given.replace(UNSEEN, '') !== ''
}
