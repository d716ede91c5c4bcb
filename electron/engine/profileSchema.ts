import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { profileSchema } from '../../shared/api/profile.ts'

/** Where the JSON Schema of a profile stands in the project; running this file writes it anew (`npm run format` after it). */
export const PROFILE_SCHEMA_FILE = new URL('../../shared/api/profile.schema.json', import.meta.url)

/** The JSON Schema of a profile, for editors and other tools. */
export function profileJsonSchema(): object {
  return { title: 'A profile of the Intent Console', ...z.toJSONSchema(profileSchema, { io: 'input' }) }
}

if (import.meta.main) writeFileSync(PROFILE_SCHEMA_FILE, `${JSON.stringify(profileJsonSchema(), null, 2)}\n`)
