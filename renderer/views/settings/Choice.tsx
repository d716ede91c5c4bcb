import { useId } from 'react'
import { Segments } from '../../parts/Segments.tsx'

/** One of a few values, with what the setting does. */
export function Choice<T extends string>({
  title,
  about,
  options,
  value,
  onChange,
}: {
  title: string
  about: string
  options: readonly { value: T; words: string }[]
  value: T
  onChange: (value: T) => void
}) {
  const titleId = useId()
  const aboutId = useId()
  return (
    <section>
      <h2 id={titleId}>{title}</h2>
      <p className="muted prose" id={aboutId}>
        {about}
      </p>
      <Segments
        labelledBy={titleId}
        describedBy={aboutId}
        options={options}
        value={value}
        onChange={onChange}
      />
    </section>
  )
}
