import { Outlet } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useEngineState } from '../host/useEngineState.ts'
import { ClockContext } from '../parts/clock.ts'
import { lastTick, onTick } from '../replica/now.ts'
import { useSettings } from '../replica/settings.ts'
import { Banners } from './Banners.tsx'
import { BottomLine } from './BottomLine.tsx'
import { CheatSheet } from './CheatSheet.tsx'
import { NoToken } from './NoToken.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { useFrameKeys } from './useFrameKeys.ts'
import { useHostMenu } from './useHostMenu.ts'
import { useTheme } from './useTheme.ts'
import './frame.css'

/** What stands around every screen. */
export function Frame() {
  const { is } = useEngineState()
  return is === 'no-token' ? <NoToken /> : <FrameWithEngine />
}

function FrameWithEngine() {
  const { theme, times } = useSettings()
  const [isSheetOpen, setSheetOpen] = useState(false)
  const clock = useMemo(() => ({ subscribe: onTick, read: lastTick, times }), [times])
  useTheme(theme)
  const showSheet = useCallback(() => {
    setSheetOpen(true)
  }, [])
  useFrameKeys({ onHelp: showSheet })
  useHostMenu({ onHelp: showSheet })
  return (
    <ClockContext value={clock}>
      <div className="frame">
        <TopBar />
        <Rail />
        <main className="frame-main">
          <Banners />
          <div className="frame-view">
            <Outlet />
          </div>
        </main>
        <BottomLine />
      </div>
      <CheatSheet
        isOpen={isSheetOpen}
        onClose={() => {
          setSheetOpen(false)
        }}
      />
    </ClockContext>
  )
}
