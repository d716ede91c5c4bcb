import { growing, slopePerHour, soak, type Look } from '../abuse/soak.ts'
import { eagerly } from './eager.ts'

/** A log passes its bound of 32 MiB by one batch at most; under this load one is seldom above 16 MiB. */
const LONGEST_WAL_MB = 64

/** What may come and go, or be held by chance at one look and not at another: a reconnect under way, a page of the heap. */
const SLACK = { fds: 10, timers: 10, listeners: 0, rssMb: 32 }

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
 * and prints every 15 s what it holds. Exit code 1 when file handles, timers, listeners or memory grow to the
 * end, or the WAL passes its bound.
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
  const grown = growing(looks, SLACK)
  const longestWalMb = Math.max(...looks.map(({ walMb }) => walMb))
  process.stdout.write(
    `memory rises by ${slopePerHour(looks, 'rssMb').toFixed(1)} MB an hour, the heap by ` +
      `${slopePerHour(looks, 'heapMb').toFixed(1)} MB; ${grown.length === 0 ? 'nothing' : grown.join(', ')} grows; ` +
      `the longest WAL was ${longestWalMb.toFixed(1)} MB, the bound is ${LONGEST_WAL_MB}\n`,
  )
  return grown.length === 0 && longestWalMb <= LONGEST_WAL_MB ? 0 : 1
})
