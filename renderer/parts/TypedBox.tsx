import { useId } from 'react'

/** A line that has to be typed; with `expected`, what to type stands beside it and a mark tells that it matches. */
export function TypedBox({
  words,
  text,
  expected,
  onText,
}: {
  words: string
  text: string
  expected?: string
  onText: (text: string) => void
}) {
  const id = useId()
  const isMatched = expected !== undefined && text.replace(/\s/g, '') === expected.replace(/\s/g, '')
  return (
    <div className="field">
      <label htmlFor={id}>{words}</label>
      <input
        id={id}
        className={expected === undefined ? undefined : 'mono'}
        value={text}
        autoComplete="off"
        spellCheck={expected === undefined}
        {...(expected === undefined ? {} : { 'aria-describedby': `${id}-expected` })}
        onChange={(event) => {
          onText(event.target.value)
        }}
      />
      {expected !== undefined && (
        <p id={`${id}-expected`} className="muted">
          Type <code>{expected}</code>
          {isMatched && (
            <span data-tone="done" className="typed-match">
              {' '}
              ✓ matches
            </span>
          )}
        </p>
      )}
    </div>
  )
}
