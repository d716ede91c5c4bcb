import { answerKeytarCalls } from './vault/keytarProcess.ts'

/** The root of the process that talks to the platform's keychain. */
answerKeytarCalls()
