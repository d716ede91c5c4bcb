import type { ButtonHTMLAttributes } from 'react'

/** A button; `look` is `main` for the one thing that a screen is for, `quiet` for those without a frame. */
export function Button({
  look = 'plain',
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: 'plain' | 'main' | 'quiet' }) {
  return <button type="button" {...rest} className={`button ${className ?? ''}`} data-look={look} />
}
