import { Dialog } from '../parts/Dialog.tsx'

const KEYS = [
  ['/ or Ctrl+K', 'Find: an identifier or a query'],
  ['j, k, ↓, ↑', 'next and previous row'],
  ['Enter', 'open the intent beside the grid'],
  ['Esc', 'close the intent, a menu or a dialog'],
  ['x or Space', 'pick the row for a command over many'],
  ['Shift+j, Shift+k', 'pick on the way'],
  ['c', 'copy the id of the row'],
  ['p', 'hold the grid still; again to let it run'],
  ['Home', 'back to the newest'],
  ['Tab, Shift+Tab', 'next and previous part of the screen: from the grid to the opened intent'],
  ['?', 'this sheet'],
] as const

/** Every key that does something. */
export function CheatSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose}>
      <table>
        <tbody>
          {KEYS.map(([keys, what]) => (
            <tr key={keys}>
              <th scope="row">
                <kbd>{keys}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
