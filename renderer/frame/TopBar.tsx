import { Monitor, Moon, Sun } from 'lucide-react'
import { formatInstant } from '../../shared/intent/time.ts'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { Button } from '../parts/Button.tsx'
import { useNow } from '../replica/now.ts'
import { useChangeSettings, useSettings } from '../replica/settings.ts'
import { useStatus } from '../replica/status.ts'
import { FindBox } from './FindBox.tsx'
import { Lock } from './Lock.tsx'

const ENVIRONMENT_SHAPES = { production: '■', staging: '◆', sandbox: '▲' } as const

const THEMES = {
  system: { next: 'light', words: 'as the desktop', Icon: Monitor },
  light: { next: 'dark', words: 'light', Icon: Sun },
  dark: { next: 'system', words: 'dark', Icon: Moon },
} as const

/** Profile, lock, Find, clock and theme. */
export function TopBar() {
  const status = useStatus()
  return (
    <header className="top-bar">
      {status !== null && <ProfileName profile={status.profile} />}
      {status !== null && <Lock status={status} />}
      <FindBox />
      <span className="top-bar-space" />
      <ClockFace />
      <ThemeButton />
    </header>
  )
}

function ProfileName({ profile }: { profile: ConsoleStatus['profile'] }) {
  const isSaid = profile.name.toLowerCase() === profile.environment
  return (
    <span
      className="profile"
      data-environment={profile.environment}
      title={`Environment: ${profile.environment}`}
    >
      <span aria-hidden="true">{ENVIRONMENT_SHAPES[profile.environment]}</span>{' '}
      <strong>{profile.name}</strong>
      {!isSaid && ` · ${profile.environment}`}
    </span>
  )
}

function ClockFace() {
  const nowMs = useNow()
  const { times } = useSettings()
  return <time className="muted">{formatInstant(nowMs, times === 'relative' ? 'utc' : times, nowMs)}</time>
}

function ThemeButton() {
  const { theme } = useSettings()
  const { change } = useChangeSettings()
  const { next, words, Icon } = THEMES[theme]
  const label = `Theme: ${words}. Change to ${THEMES[next].words}`
  return (
    <Button
      look="quiet"
      aria-label={label}
      title={label}
      onClick={() => {
        change({ theme: next })
      }}
    >
      <Icon size={16} aria-hidden="true" />
    </Button>
  )
}
