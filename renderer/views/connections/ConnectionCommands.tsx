import { OfferedCommands } from '../acting/OfferedCommands.tsx'

/** What can be done through a connection without an intent that is known already. */
export function ConnectionCommands({ connection }: { connection: string }) {
  return (
    <section className="connection-part">
      <h3>Act without an intent</h3>
      <OfferedCommands subject={{ connection }} />
    </section>
  )
}
