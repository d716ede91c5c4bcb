/** The drawing’s own units: one for each minute, and a height that scales. */
const HEIGHT = 32

/** Events of each minute of the last hour as a small line from zero; the last count is of the running minute. */
export function EventRate({ perMinute }: { perMinute: readonly number[] }) {
  const whole = perMinute.slice(0, -1)
  const most = Math.max(0, ...whole)
  const points = whole.map((count, at) => `${at},${HEIGHT - (most === 0 ? 0 : (count / most) * HEIGHT)}`)
  return (
    <figure className="connection-rate">
      <svg
        role="img"
        aria-label="Events per minute over the last hour"
        viewBox={`0 -1 ${Math.max(1, whole.length - 1)} ${HEIGHT + 2}`}
        preserveAspectRatio="none"
      >
        <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} className="connection-rate-zero" />
        <polyline points={points.join(' ')} className="connection-rate-line" />
      </svg>
      <figcaption className="muted">
        {countWords(whole.at(-1))} events in the last minute, {countWords(perMinute.at(-1))} so far in this
        one; at most {countWords(most)} within the hour
      </figcaption>
    </figure>
  )
}

function countWords(count = 0): string {
  return count.toLocaleString('en')
}
