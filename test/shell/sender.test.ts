import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WebContents } from 'electron'
import { isOurFrame, type Sending } from '../../electron/shell/sender.ts'
import { StubContents, StubFrame } from './electronStub.ts'
import { openShell, type OpenShell } from './openShell.ts'

/** How a message arrives: who sent it, given the contents of our window. */
type Arrival = (ours: StubContents) => { sender: unknown; senderFrame: unknown }

function ourFrame(ours: StubContents): StubFrame {
  ours.mainFrame.url = 'app://console/intents'
  return ours.mainFrame
}

/** A frame that another page has taken over: every look at it throws, as Electron's does. */
function disposed(): StubFrame {
  return new Proxy(new StubFrame('app://console/'), {
    get: () => {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    },
  })
}

function at(url: string): Arrival {
  return (ours) => {
    ours.mainFrame.url = url
    return { sender: ours, senderFrame: ours.mainFrame }
  }
}

/** The one good row first, then everybody else. */
const ARRIVALS: readonly { who: string; isOurs: boolean; arrival: Arrival }[] = [
  {
    who: 'our page',
    isOurs: true,
    arrival: (ours) => ({ sender: ours, senderFrame: ourFrame(ours) }),
  },
  { who: 'a frame that is null', isOurs: false, arrival: (ours) => ({ sender: ours, senderFrame: null }) },
  {
    who: 'a frame that was disposed',
    isOurs: false,
    arrival: (ours) => ({ sender: ours, senderFrame: disposed() }),
  },
  {
    who: 'an event whose frame cannot even be asked for',
    isOurs: false,
    arrival: (ours) => ({
      sender: ours,
      get senderFrame(): never {
        throw new Error('disposed')
      },
    }),
  },
  {
    who: 'a frame inside our page, showing our page',
    isOurs: false,
    arrival: (ours) => {
      const child = new StubFrame('app://console/', 2)
      child.parent = ourFrame(ours)
      return { sender: ours, senderFrame: child }
    },
  },
  {
    who: 'a frame inside that claims the number of the top one',
    isOurs: false,
    arrival: (ours) => {
      const child = new StubFrame('app://console/', ours.mainFrame.routingId)
      child.parent = ourFrame(ours)
      return { sender: ours, senderFrame: child }
    },
  },
  {
    who: 'another window that shows our page',
    isOurs: false,
    arrival: () => {
      const other = new StubContents()
      other.mainFrame = new StubFrame('app://console/', 9)
      return { sender: other, senderFrame: other.mainFrame }
    },
  },
  {
    who: 'another process that took the number of our frame',
    isOurs: false,
    arrival: (ours) => {
      const frame = new StubFrame('app://console/', ours.mainFrame.routingId)
      frame.processId = 8
      return { sender: ours, senderFrame: frame }
    },
  },
  ...[
    'about:blank',
    'about:srcdoc',
    'data:text/html,<script>1</script>',
    'blob:app://console/5c8c',
    'javascript:1',
    'file:///home/somebody/page.html',
    'http://127.0.0.1:3000/',
    'https://console/',
    'app://other/',
    'app://console.evil.test/',
    'app://console@evil.test/',
    'app://somebody@console/',
    'app://console:81/',
    'app:console',
    'apps://console/',
    'null',
    '',
  ].map((url) => ({ who: `our window at ${url || 'no address'}`, isOurs: false, arrival: at(url) })),
]

type Check = (event: Sending, contents: WebContents) => boolean

/** Who was judged wrongly by a check, or made it throw. */
function misjudged(check: Check): string[] {
  return ARRIVALS.filter(({ arrival, isOurs }) => {
    const ours = new StubContents()
    try {
      return check(arrival(ours) as Sending, ours as unknown as WebContents) !== isOurs
    } catch {
      return true
    }
  }).map(({ who }) => who)
}

describe('only our frame can call', () => {
  let shell: OpenShell
  beforeEach(async () => {
    shell = await openShell()
  })
  afterEach(() => shell.clear())

  test.each(ARRIVALS)('$who: $isOurs', ({ who }) => {
    expect(misjudged(isOurFrame)).not.toContain(who)
  })

  test.each(ARRIVALS.filter(({ isOurs }) => !isOurs))('$who gets no port, and is counted', ({ arrival }) => {
    const event = arrival(shell.contents)
    expect(() => {
      shell.stage.ipcMain.emit('port', event)
    }).not.toThrow()
    expect(shell.contents.mainFrame.handed).toEqual([])
    expect(shell.log).toEqual(['Somebody else asked for a way to the engine and got none.'])
  })

  test('control: a check that lets the empty pass is found out', () => {
    const allowEmpty: Check = ({ senderFrame }) => {
      const url = senderFrame?.url ?? ''
      return url === '' || url === 'about:blank' || url.startsWith('app://console')
    }
    expect(misjudged(allowEmpty)).toEqual(
      expect.arrayContaining([
        'a frame that is null',
        'a frame that was disposed',
        'a frame inside our page, showing our page',
        'our window at about:blank',
        'our window at app://console.evil.test/',
      ]),
    )
  })
})
