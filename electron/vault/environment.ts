/** Gives the credential of an environment variable; null when it is not set. */
export type EnvironmentCredentials = (name: string) => string | null

/**
 * Takes credentials out of an environment on first asking: afterwards neither a child process nor a report of a crash
 * carries them. They are held here until the console quits.
 */
export function takeFromEnvironment(env: NodeJS.ProcessEnv): EnvironmentCredentials {
  const taken = new Map<string, string>()

  return (name) => {
    const value = env[name]
    if (value !== undefined) {
      taken.set(name, value)
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- only a deletion takes it from the process itself
      delete env[name]
    }
    return taken.get(name) ?? null
  }
}
