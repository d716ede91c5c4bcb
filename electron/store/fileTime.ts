/** An instant as part of a file's name, UTC and sortable: `20261121T140532.120Z`. */
export function fileTime(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:]/g, '')
}
