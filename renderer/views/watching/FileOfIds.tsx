import { counted } from '../../parts/counted.ts'
import { inBackground } from '../../host/inBackground.ts'
import { idsIn } from './idsIn.ts'

/** Largest file that is read, bytes: a thousand long ids in a table with twenty other columns. */
const LARGEST_FILE = 2_000_000

/** A button that reads a file of ids: `onRead` gets them, and a sentence that says how it went. */
export function FileOfIds({ onRead }: { onRead: (ids: string[], note: string) => void }) {
  async function read(file: File) {
    if (file.size > LARGEST_FILE) {
      onRead([], `${file.name} is larger than 2 MB; import a part of it.`)
      return
    }
    const ids = idsIn(await file.text())
    onRead(
      ids,
      ids.length === 0 ? `No id was found in ${file.name}.` : `${counted(ids.length, 'id')} in ${file.name}.`,
    )
  }

  return (
    <label className="button watching-file">
      Import a file
      <input
        type="file"
        className="visually-hidden"
        accept=".txt,.csv,.tsv,.json,text/plain,text/csv,application/json"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) inBackground('reading a file of ids', read(file))
          // The same file can be chosen again after it was mended.
          event.target.value = ''
        }}
      />
    </label>
  )
}
