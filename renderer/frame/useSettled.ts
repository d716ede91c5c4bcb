import { useEffect, useState } from 'react'

/** The value once it has not changed for `restsAfterMs`. */
export function useSettled<T>(value: T, restsAfterMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value)
    }, restsAfterMs)
    return () => {
      clearTimeout(timer)
    }
  }, [value, restsAfterMs])
  return settled
}
