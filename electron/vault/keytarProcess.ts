import type { KeytarCall, KeytarReply } from './keytarCalls.ts'

/** Name under which entries stand in the keychain; the account is the connection's id. */
const SERVICE = 'intent-console'

/**
 * Answers the calls of the process that started this one and ends with it. A process of its own, because a call of the
 * library cannot be called off and holds up the end of whoever made it, for 50 s when the keyring hangs.
 */
export function answerKeytarCalls(): void {
  // Unless somebody listens, Node opens its debugger on this signal, for every account of the machine.
  process.on('SIGUSR1', () => undefined)
  process.on('message', (call: KeytarCall) => {
    void replyTo(call).then((reply) => process.send?.(reply))
  })
  process.on('disconnect', () => {
    process.exit()
  })
}

async function replyTo(call: KeytarCall): Promise<KeytarReply> {
  try {
    // Loaded late, so that a missing library becomes an answer.
    const { default: keytar } = await import('keytar')
    switch (call.verb) {
      case 'get':
        return { value: await keytar.getPassword(SERVICE, call.account) }
      case 'set':
        await keytar.setPassword(SERVICE, call.account, call.value)
        return { value: null }
      case 'delete':
        return { value: (await keytar.deletePassword(SERVICE, call.account)) ? 'deleted' : null }
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
