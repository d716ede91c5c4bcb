import { useState } from 'react'
import { Button } from './Button.tsx'
import { CopyButton } from './CopyButton.tsx'
import { prettyJson } from './prettyJson.ts'

/** A text that may be JSON: laid out to be read, or as it is sent, byte for byte; copied as it is sent. */
export function JsonText({ title, text }: { title: string; text: string }) {
  const [isVerbatim, setVerbatim] = useState(false)
  const laid = prettyJson(text)
  return (
    <div className="json-text">
      <p className="json-text-head">
        <strong>{title}</strong> <CopyButton text={text} what={`Copy ${title.toLowerCase()} as it is`} />
        {laid !== null && laid !== text && (
          <Button
            look="quiet"
            aria-pressed={isVerbatim}
            onClick={() => {
              setVerbatim(!isVerbatim)
            }}
          >
            Byte for byte
          </Button>
        )}
      </p>
      <pre tabIndex={0} aria-label={title}>
        {isVerbatim || laid === null ? text : laid}
      </pre>
    </div>
  )
}
