import { growing, slopePerHour, soak, type Look } from '../abuse/soak.ts'
import { eagerly } from './eager.ts'

/** Two hours at 200 events a second in ten minutes. */
const PER_SECOND = 2_400

function row(look: Look): string {
  const { atSec, sentCount, storedCount, behindBy, gaps, rssMb, heapMb, walMb, fds, timers, listeners } = look
  const memory = `rss ${rssMb.toFixed(0)} MB, heap ${heapMb.toFixed(0)} MB, wal ${walMb.toFixed(1)} MB`
  const handles = `${fds} fds, ${timers} timers, ${listeners} listeners`
  return `${atSec} s: ${sentCount} sent, ${storedCount} stored, ${behindBy} behind, ${gaps} gaps; ${memory}; ${handles}\n`
}

/**
 * Promise L3: `node test/long/soak.ts [minutes]` runs a console for ten minutes under mixed load, with a page on it,
 * and prints every 15 s what it holds. Exit code 1 when file handles, timers or listeners grow, or the WAL does.
 */
await eagerly(async () => {
  const minutes = Number(process.argv[2] ?? 10)
  const looks = await soak({
    seconds: minutes * 60,
    lookEverySec: 15,
    perSecond: PER_SECOND,
    dropEverySec: 20,
    onLook: (look) => process.stdout.write(row(look)),
  })
  const grown = growing(looks, { fds: 10, timers: 10, listeners: 0, walMb: 16 })
  process.stdout.write(
    `memory rises by ${slopePerHour(looks, 'rssMb').toFixed(1)} MB an hour, the heap by ` +
      `${slopePerHour(looks, 'heapMb').toFixed(1)} MB; ${grown.length === 0 ? 'nothing' : grown.join(', ')} grows\n`,
  )
  return grown.length === 0 ? 0 : 1
})
