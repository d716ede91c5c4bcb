import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes a folder a disk of its own, so many MiB large, in memory; answers why it could not be, null when it is. */
export function mountDisk(folder: string, mebibytes: number): string | null {
  const args = ['-t', 'tmpfs', '-o', `size=${String(mebibytes)}m`, 'tmpfs', folder]
  const { status, stderr, error } = spawnSync('/usr/bin/mount', args, { encoding: 'utf8' })
  return status === 0 ? null : (error?.message ?? stderr.trim())
}

/** Takes the disk away again, whoever still uses it. */
export function unmountDisk(folder: string): void {
  const { status, stderr } = spawnSync('/usr/bin/umount', ['-l', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The small disk stays: ${stderr}`)
}

/** Whether tests that need a small disk are to be skipped, which a sentence on stderr then explains. Never for root in CI. */
export function isSkippedWithoutDisk(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'))
  const complaint = mountDisk(folder, 1)
  if (complaint === null) unmountDisk(folder)
  rmdirSync(folder)
  if (complaint === null) return false
  const sentence = `This test needs the right to mount a small disk (${complaint}).`
  if (process.env['CI'] === 'true' && process.getuid?.() === 0) throw new Error(sentence)
  process.stderr.write(`Skipped. ${sentence} The database that may not grow stands for it.\n`)
  return true
}
