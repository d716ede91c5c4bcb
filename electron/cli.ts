import { buildAround } from './cli/build.ts'
import { runProcess } from './cli/process.ts'

await runProcess(buildAround(import.meta.filename))
