/** A sentence of the engine; what a person types stands between backticks in it. */
export function Told({ text }: { text: string }) {
  return text.split('`').map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code key={`${at} ${part}`} className="told-code">
        {part}
      </code>
    ),
  )
}
