/** What a hostile page is told of the console; more than it could ever know. */
export interface Prey {
  port: number
  /** The token of the run, as if it had leaked. */
  token: string
  subprotocol: string
  /** Names and numbers under which the console may be reached. */
  hosts: string[]
  /** Paths of a script and a style sheet of its page. */
  script: string
  style: string
}

/** What a hostile page got. All lists are empty when it got nothing. */
export interface Loot {
  /** Addresses whose sockets opened. */
  opened: string[]
  /** Addresses whose answers could be read, with their beginning. */
  read: string[]
  /** Parts of the console that ran, styled or showed in the hostile page. */
  loaded: string[]
  /** How many things were tried. */
  tries: number
}

/**
 * Runs in a hostile page, which is why it stands in one function and uses nothing from outside. It tries everything that a
 * page may do to another origin, and with every socket that opens it changes a setting.
 */
export async function attack(prey: Prey): Promise<Loot> {
  const { port, token, subprotocol, hosts } = prey
  /** A browser may hold a request for a permission that nobody gives; then this is no loot, milliseconds. */
  const patienceMs = 3_000
  const loot: Loot = { opened: [], read: [], loaded: [], tries: 0 }

  function inTime(work: (done: () => void) => void): Promise<void> {
    loot.tries += 1
    return new Promise((resolve) => {
      setTimeout(resolve, patienceMs)
      try {
        work(resolve)
      } catch {
        resolve()
      }
    })
  }

  function trySocket(address: string): Promise<void> {
    return inTime((done) => {
      const socket = new WebSocket(address, [subprotocol, `token.${token}`])
      const change = { i: '1', p: { u: '/settings/set', b: { json: { changes: { theme: 'dark' } } } } }
      socket.onopen = () => {
        loot.opened.push(address)
        socket.send(JSON.stringify(change))
      }
      socket.onmessage = done
      socket.onclose = done
    })
  }

  function tryFetch(address: string, options: RequestInit): Promise<void> {
    return inTime((done) => {
      fetch(address, options)
        .then(async (answer) => {
          const text = await answer.text()
          if (answer.ok && text !== '') loot.read.push(`${address}: ${text.slice(0, 40)}`)
        })
        .catch(() => undefined)
        .finally(done)
    })
  }

  function tryElement(name: string, fill: (element: HTMLElement) => void): Promise<void> {
    return inTime((done) => {
      const element = document.createElement(name)
      element.onload = () => {
        if (name !== 'iframe') loot.loaded.push(name)
        done()
      }
      element.onerror = () => {
        done()
      }
      fill(element)
      document.body.append(element)
    })
  }

  function tryForm(action: string, encoding: string): Promise<void> {
    return inTime((done) => {
      const frame = document.createElement('iframe')
      frame.name = `form-${String(loot.tries)}`
      document.body.append(frame)
      const form = document.createElement('form')
      Object.assign(form, { action, method: 'post', enctype: encoding, target: frame.name })
      const field = document.createElement('input')
      field.name = '{"i":"1","p":{"u":"/settings/set","b":{"json":{"changes":{"theme":"dark","x":"'
      field.value = '"}}}}}'
      form.append(field)
      document.body.append(form)
      frame.onload = () => {
        readWindow(`form ${action}`, frame.contentWindow)
        done()
      }
      form.submit()
    })
  }

  function readWindow(name: string, other: Window | null): void {
    try {
      const text = other?.document.documentElement.outerHTML ?? ''
      if (text.includes('style-nonce')) loot.read.push(`${name}: ${text.slice(0, 40)}`)
    } catch {
      // Another origin: as it should be.
    }
  }

  for (const host of hosts) {
    const page = `http://${host}:${String(port)}/`
    await Promise.all([
      trySocket(`ws://${host}:${String(port)}/rpc`),
      tryFetch(page, { mode: 'cors' }),
      tryFetch(page, { mode: 'cors', credentials: 'include' }),
      tryFetch(page, { mode: 'no-cors' }),
      tryFetch(`${page}rpc`, { method: 'POST', mode: 'no-cors', body: '{}' }),
      tryFetch(`${page}rpc`, { method: 'PUT', headers: { 'x-token': token }, body: '{}' }),
      tryFetch(`${page}rpc?token=${token}`, { mode: 'cors' }),
      tryForm(page, 'text/plain'),
      tryForm(`${page}rpc`, 'application/x-www-form-urlencoded'),
      tryElement('script', (element) => {
        element.setAttribute('src', page + prey.script)
      }),
      tryElement('img', (element) => {
        element.setAttribute('src', page + prey.script)
      }),
      tryElement('link', (element) => {
        element.setAttribute('rel', 'stylesheet')
        element.setAttribute('href', page + prey.style)
      }),
      tryElement('iframe', (element) => {
        element.setAttribute('src', page)
        element.addEventListener('load', () => {
          readWindow(`frame ${page}`, (element as HTMLIFrameElement).contentWindow)
        })
      }),
    ])
  }
  return loot
}
