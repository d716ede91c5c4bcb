import { asFailure } from '../../electron/store/failures.ts'
import type { LocalStore } from '../../electron/store/localStore.ts'
import type { Store } from '../../electron/store/store.ts'

/** A store of this thread behind the promises that an engine expects, so that a test can reach into its database. */
export function localAsync(store: LocalStore): Store {
  return new Proxy({} as Store, {
    get: (_, name) => {
      // Otherwise whoever awaits the store would call it as a promise.
      if (name === 'then') return undefined
      return async (...input: unknown[]): Promise<unknown> => {
        await Promise.resolve()
        try {
          return Reflect.apply(Reflect.get(store, name) as (...input: unknown[]) => unknown, store, input)
        } catch (error) {
          throw asFailure(error)
        }
      }
    },
    ownKeys: () => Reflect.ownKeys(Object.getPrototypeOf(store) as object),
  })
}
