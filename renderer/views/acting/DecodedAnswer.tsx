import { CopyButton } from '../../parts/CopyButton.tsx'
import { valuesOf } from './answerValues.ts'

/** The values of an answer by their names in words, each with a button that copies it; nothing for what is no object. */
export function DecodedAnswer({ response }: { response: unknown }) {
  const values = valuesOf(response)
  if (values.length === 0) return null
  return (
    <dl className="acting-facts">
      {values.map(({ words, text }) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>
            <code>{text}</code> <CopyButton text={text} what={`Copy ${words.toLowerCase()}`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
