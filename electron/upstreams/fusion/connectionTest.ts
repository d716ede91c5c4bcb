import { lookup } from 'node:dns/promises'
import { connect as connectTcp } from 'node:net'
import type { TestStep } from '../../../shared/api/presence.ts'
import { createHttp } from '../kit/http.ts'
import type { TestSite } from '../upstream.ts'
import type { FusionSettings } from './index.ts'
import { FusionSocket } from './socket.ts'

/** Longest that one step may take, milliseconds; six of them end within the 15 s that a person waits. */
const STEP_WITHIN_MS = 2_400

/** One thing to try; resolves with what was found, rejects with what is wrong and what to do. */
interface Step {
  name: string
  run: (signal: AbortSignal) => Promise<string>
}

/** Tests a connection step by step on a socket of its own, which is closed at the end. Emits nothing. */
export async function* test(site: TestSite<FusionSettings>): AsyncGenerator<TestStep> {
  const probe = createProbe(site)
  const steps: Step[] = [
    { name: 'address', run: () => findAddress(site) },
    { name: 'tcp', run: (signal) => reachPort(site, signal) },
    { name: 'handshake', run: probe.handshake },
    { name: 'subscribe', run: probe.subscribe },
    { name: 'ping', run: probe.ping },
    { name: 'health', run: (signal) => checkHealth(site, signal) },
  ]
  try {
    let failed: string | null = null
    for (const step of steps) {
      // The REST API may live elsewhere: its health tells something even when the socket does not work.
      const isRun = failed === null || step.name === 'health'
      if (site.signal.aborted) return
      if (isRun) yield { name: step.name, state: 'running', text: '', tookMs: null }
      const result = isRun ? await tryStep(site, step) : skipped(step.name, failed ?? '')
      if (result.state === 'failed') failed ??= step.name
      yield result
    }
  } finally {
    await probe.close()
  }
}

async function tryStep(site: TestSite<FusionSettings>, step: Step): Promise<TestStep> {
  const beganAtMs = site.clock.nowMs()
  const deadline = new AbortController()
  const tookMs = (): number => Math.max(0, site.clock.nowMs() - beganAtMs)
  let cancel = (): void => undefined
  const late = new Promise<never>((_, reject) => {
    cancel = site.clock.after(STEP_WITHIN_MS, () => {
      deadline.abort()
      reject(new Error(`No answer within ${STEP_WITHIN_MS / 1_000} s. ${lateTip(step.name)}`))
    })
  })
  const ended = new Promise<never>((_, reject) => {
    site.signal.addEventListener(
      'abort',
      () => {
        reject(new Error('The test was given up.'))
      },
      { once: true, signal: deadline.signal },
    )
  })
  try {
    const text = await Promise.race([step.run(AbortSignal.any([site.signal, deadline.signal])), late, ended])
    return { name: step.name, state: 'passed', text, tookMs: tookMs() }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return { name: step.name, state: 'failed', text, tookMs: tookMs() }
  } finally {
    cancel()
    deadline.abort()
  }
}

function skipped(name: string, failed: string): TestStep {
  return { name, state: 'skipped', text: `Not tried, because “${failed}” failed.`, tookMs: null }
}

function lateTip(name: string): string {
  switch (name) {
    case 'subscribe':
      return 'A Fusion backend answers subscribe:all with mempool:stats at once; is this one?'
    case 'ping':
      return 'The socket is open but the application does not answer its ping.'
    case 'health':
      return 'Check `restUrl` in the profile.'
    default:
      return 'Check the host, the port and the network.'
  }
}

async function findAddress({ connection }: TestSite<FusionSettings>): Promise<string> {
  const { hostname } = new URL(connection.url)
  try {
    const { address } = await lookup(hostname.replace(/^\[|\]$/g, ''))
    return address === hostname ? `${hostname} is an address.` : `${hostname} is ${address}.`
  } catch {
    throw new Error(
      `The host name ${hostname} is not known. Check the spelling in the profile, the network and the VPN.`,
    )
  }
}

function reachPort({ connection }: TestSite<FusionSettings>, signal: AbortSignal): Promise<string> {
  const { hostname, port, protocol } = new URL(connection.url)
  const number = Number(port === '' ? (/^(https|wss):$/.test(protocol) ? 443 : 80) : port)
  return new Promise((resolve, reject) => {
    const tcp = connectTcp({ host: hostname.replace(/^\[|\]$/g, ''), port: number })
    signal.addEventListener('abort', () => tcp.destroy(), { once: true })
    tcp.once('connect', () => {
      tcp.destroy()
      resolve(`Port ${number} accepts connections.`)
    })
    tcp.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ECONNREFUSED' ? 'nothing listens there' : (error.code ?? error.message)
      reject(
        new Error(`Port ${number} cannot be reached: ${why}. Is the server running, and is the port right?`),
      )
    })
  })
}

async function checkHealth(
  { connection, clock }: TestSite<FusionSettings>,
  signal: AbortSignal,
): Promise<string> {
  const baseUrl = (connection.restUrl ?? connection.url).replace(/^ws/, 'http')
  const { status } = await createHttp({ baseUrl, clock }).get('/api/health', signal)
  if (status < 200 || status > 299) {
    throw new Error(`/api/health answers HTTP ${status}. Check \`restUrl\` in the profile.`)
  }
  return `The REST API answers (HTTP ${status}).`
}

interface Probe {
  handshake: () => Promise<string>
  subscribe: () => Promise<string>
  ping: () => Promise<string>
  close: () => Promise<void>
}

/** A socket that is asked one thing after the other. */
function createProbe(site: TestSite<FusionSettings>): Probe {
  let answered: (name: string) => void = () => undefined
  let broken: (error: Error) => void = () => undefined
  const socket = new FusionSocket(site, {
    opened: () => {
      answered('connect')
    },
    down: ({ reason, tip }) => {
      broken(new Error(`${reason} ${tip}`.trim()))
    },
    event: (name) => {
      answered(name)
    },
    damaged: () => undefined,
    traffic: () => undefined,
  })

  function ask(question: () => void, answer: string, text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      broken = reject
      answered = (name) => {
        if (name === answer) resolve(text)
      }
      question()
    })
  }

  const open = (): void => {
    socket.open()
  }
  const subscribe = (): void => {
    socket.say('subscribe:all')
  }
  const ping = (): void => {
    socket.say('ping')
  }

  return {
    handshake: () => ask(open, 'connect', 'The server speaks Socket.IO and let the console in.'),
    subscribe: () => ask(subscribe, 'mempool:stats', 'subscribe:all was answered with mempool:stats.'),
    ping: () => ask(ping, 'pong', 'The application answered its ping.'),
    close: () => {
      socket.drop()
      return socket.closed()
    },
  }
}
