import { lookup } from 'node:dns/promises'
import { connect as connectTcp } from 'node:net'
import type { TestStep } from '../../../shared/api/presence.ts'
import type { TestSite } from '../upstream.ts'

/** Longest that one step may take, milliseconds; six of them end within the 15 s that a person waits. */
const STEP_WITHIN_MS = 2_400

/** One thing to try; resolves with what was found, rejects with what is wrong and what to do. */
export interface Step {
  name: string
  run: (signal: AbortSignal) => Promise<string>
  /** What to do when there is no answer in time. */
  lateTip: string
  /** Tried even after another one failed, since it depends on none of them. */
  isApart?: boolean
}

/** Tries one step after the other; after a failure only those that are apart. Ends in silence when the signal fires. */
export async function* trySteps(site: TestSite, steps: readonly Step[]): AsyncGenerator<TestStep> {
  let failed: string | null = null
  for (const step of steps) {
    if (site.signal.aborted) return
    const isRun = failed === null || step.isApart === true
    if (isRun) yield { name: step.name, state: 'running', text: '', tookMs: null }
    const result = isRun ? await tryStep(site, step) : skipped(step.name, failed ?? '')
    if (result.state === 'failed') failed ??= step.name
    yield result
  }
}

/** The first steps of every connection: the host's name has an address, and its port accepts connections. */
export function networkSteps(url: string): Step[] {
  const lateTip = 'Check the host, the port and the network.'
  return [
    { name: 'address', run: () => findAddress(url), lateTip },
    { name: 'tcp', run: (signal) => reachPort(url, signal), lateTip },
  ]
}

async function tryStep(site: TestSite, step: Step): Promise<TestStep> {
  const beganAtMs = site.clock.nowMs()
  const deadline = new AbortController()
  const tookMs = (): number => Math.max(0, site.clock.nowMs() - beganAtMs)
  let cancel = (): void => undefined
  const late = new Promise<never>((_, reject) => {
    cancel = site.clock.after(STEP_WITHIN_MS, () => {
      deadline.abort()
      reject(new Error(`No answer within ${STEP_WITHIN_MS / 1_000} s. ${step.lateTip}`))
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

async function findAddress(url: string): Promise<string> {
  const { hostname } = new URL(url)
  try {
    const { address } = await lookup(hostname.replace(/^\[|\]$/g, ''))
    return address === hostname ? `${hostname} is an address.` : `${hostname} is ${address}.`
  } catch {
    throw new Error(
      `The host name ${hostname} is not known. Check the spelling in the profile, the network and the VPN.`,
    )
  }
}

function reachPort(url: string, signal: AbortSignal): Promise<string> {
  const { hostname, port, protocol } = new URL(url)
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
