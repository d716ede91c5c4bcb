import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { StoreIncident } from '../../../shared/api/incident.ts'
import { bytesOf, databaseFile, logFile, syncPath } from '../files.ts'
import { fileTime } from '../fileTime.ts'
import { sealFile } from '../seal.ts'

const REPORT = 'report.json'

const count = z.number().int().min(0)

const reportSchema = z.object({
  atMs: z.number().int(),
  kind: z.enum(['replaced', 'rebuilt', 'log-missing']),
  reason: z.string(),
  keptCount: count,
  lostCount: count,
})

/** The files of a store, which only mean something together, the database first. */
function setOf(dataDir: string): string[] {
  const file = databaseFile(dataDir)
  return [file, `${file}-wal`, `${file}-shm`, sealFile(dataDir)]
}

/** Writes down what was wrong with the store and what was done, in a folder of its own under `quarantine`. */
export function reportIncident(dataDir: string, report: Omit<StoreIncident, 'folder'>): StoreIncident {
  const folder = newFolder(dataDir, report.atMs)
  const file = join(folder, REPORT)
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 })
  syncPath(file)
  syncPath(folder)
  return { ...report, folder }
}

/** Moves the whole set of a store into a folder. The database goes first: a set without it is never taken for a store. */
export function moveSet(dataDir: string, folder: string): void {
  for (const file of setOf(dataDir)) {
    if (existsSync(file)) renameSync(file, join(folder, basename(file)))
  }
  syncPath(folder)
  syncPath(dataDir)
}

/** Whether a write-ahead log lies in a data folder without its database. */
export function hasStrayParts(dataDir: string): boolean {
  return !existsSync(databaseFile(dataDir)) && bytesOf(logFile(dataDir)) > 0
}

/** Every report in a data folder, newest first; one that cannot be read is left out. */
export function incidentsIn(dataDir: string): StoreIncident[] {
  const folder = join(dataDir, 'quarantine')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => readReport(join(folder, name)))
    .sort((a, b) => b.atMs - a.atMs)
}

function readReport(folder: string): StoreIncident[] {
  try {
    return [{ ...reportSchema.parse(JSON.parse(readFileSync(join(folder, REPORT), 'utf8'))), folder }]
  } catch {
    return []
  }
}

function newFolder(dataDir: string, atMs: number): string {
  const name = join(dataDir, 'quarantine', fileTime(atMs))
  let folder = name
  for (let n = 2; existsSync(folder); n += 1) folder = `${name}-${n}`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
