import type { OfferedCommand } from '../../../shared/api/action.ts'

/**
 * The commands that every one of several intents offers and that need nothing filled in: what has to be typed or signed is
 * different for each. Whether they are open is found out for each when it is prepared.
 */
export function commandsOfAll(offered: readonly (readonly OfferedCommand[])[]): OfferedCommand[] {
  const [first, ...others] = offered
  return (first ?? []).filter(
    ({ name, fields }) =>
      fields.every(({ isRequired }) => !isRequired) &&
      others.every((commands) => commands.some((other) => other.name === name)),
  )
}
