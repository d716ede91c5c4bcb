import { Told } from './Told.tsx'

/** What may be done now about an answer that did not take a command. */
export function Advice({ text }: { text: string }) {
  return (
    <p>
      <strong>What to do:</strong> <Told text={text} />
    </p>
  )
}
