import { Failure } from '../../shared/api/failure.ts'
import { settingsSchema, type Settings } from '../../shared/api/settings.ts'
import type { Db } from './database.ts'

/** What a person chose for the screens, one row per choice. */
export class SettingRows {
  readonly #all
  readonly #set

  constructor(db: Db) {
    this.#all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
    this.#set = db.prepare<[string, string]>(
      'INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    )
  }

  /** All settings; what was never chosen has its default. */
  read(): Settings {
    const chosen = this.#all.all().map(({ name, value }): [string, unknown] => [name, JSON.parse(value)])
    return checked(Object.fromEntries(chosen))
  }

  /** Changes what is given; fails with `usage` and the place. To be used within a transaction of the caller. */
  change(changes: Record<string, unknown>): void {
    const settings = checked({ ...this.read(), ...changes })
    for (const name of Object.keys(changes)) {
      this.#set.run(name, JSON.stringify(settings[name as keyof Settings]))
    }
  }
}

function checked(values: Record<string, unknown>): Settings {
  const parsed = settingsSchema.safeParse(values)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.') ?? ''
  throw new Failure(
    'usage',
    `The settings are wrong${place === '' ? '' : ` at ${place}`}: ${issue?.message ?? ''}.`,
    {
      tip: 'Settings are listed on the settings screen with what each takes.',
      facts: { place },
    },
  )
}
