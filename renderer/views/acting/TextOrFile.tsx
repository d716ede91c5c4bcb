import { useState, type ComponentProps } from 'react'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'

/** Largest file that is read, bytes: what the engine takes in one input, and far more than any wallet signs. */
const LARGEST_FILE = 500_000

/** A text that is typed, pasted or read from a file. `words` says what it is, as its label does. */
export function TextOrFile(props: {
  common: Pick<ComponentProps<'textarea'>, 'id' | 'rows' | 'required' | 'aria-describedby' | 'aria-invalid'>
  words: string
  text: string
  onText: (text: string) => void
}) {
  const { common, words, text, onText } = props
  const [note, setNote] = useState('')

  async function read(file: File) {
    if (file.size > LARGEST_FILE) {
      setNote(`${file.name} is larger than 500 kB; nothing that is signed is that long.`)
      return
    }
    onText(await file.text())
    setNote(`Read from ${file.name}.`)
  }

  return (
    <>
      <textarea
        {...common}
        className="mono"
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setNote('')
          onText(event.target.value)
        }}
      />
      <p className="acting-line">
        <label className="button file-button">
          Open a file
          <input
            type="file"
            className="visually-hidden"
            aria-label={`Open a file for ${words}`}
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file !== undefined) inBackground('reading a file', read(file))
              // The same file can be chosen again after it was mended.
              target.value = ''
            }}
          />
        </label>
        {text !== '' && (
          <Button
            look="quiet"
            onClick={() => {
              onText('')
              setNote('')
            }}
          >
            Empty it
          </Button>
        )}
        <span role="status" className="muted">
          {note}
        </span>
      </p>
    </>
  )
}
