import { userInfo } from 'node:os'

/** Whoever sits at the console, by the operating system; its number where the user has no name. */
export function operatingSystemUser(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
