import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/** Near enough to the end to count as reading the newest: one line. */
const END_PX = 20

/** Keeps the end of a box in sight while lines are added, unless the reader has scrolled away from it. */
export function useNewestInSight(lineCount: number): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const onScroll = () => {
      isAtEnd.current = element.scrollHeight - element.clientHeight - element.scrollTop <= END_PX
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      element.removeEventListener('scroll', onScroll)
    }
  }, [])
  useLayoutEffect(() => {
    if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [lineCount])
  return box
}
