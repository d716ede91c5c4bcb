import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { contentPolicy } from './securityHeaders.ts'

/** What stands in the built page where the nonce of one load belongs. */
const NONCE_PLACEHOLDER = '__STYLE_NONCE__'

/** Bytes of a nonce: what the content policy's standard asks for at least (128 bits). */
const NONCE_BYTES = 16

/** Kinds of file that the page consists of; nothing else is served. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** The place of one intent: a dot in its id begins no extension. */
const INTENT_PLACE = /^\/intents\/[^/]+\/?$/

/** One file of the page, ready to be sent. */
export interface Asset {
  body: Buffer
  headers: Record<string, string>
}

/**
 * The file behind a path that `isPagePath` has let through; null when there is none. A path without an extension is a
 * place inside the page and gets the page itself, with a fresh nonce and a policy that lets it reach `connectSource`.
 */
export async function readAsset(
  assetsDir: string,
  path: string,
  connectSource: string,
): Promise<Asset | null> {
  const extension = extname(path)
  const isPlace = extension === '' || path === '/index.html' || INTENT_PLACE.test(path)
  if (isPlace) return readPage(assetsDir, connectSource)
  const type = TYPES[extension]
  const body = type === undefined ? null : await readInside(assetsDir, path)
  if (type === undefined || body === null) return null
  // The names of built files carry a digest of their content.
  const caching = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache'
  return { body, headers: { 'content-type': type, 'cache-control': caching } }
}

async function readPage(assetsDir: string, connectSource: string): Promise<Asset | null> {
  const page = await readInside(assetsDir, '/index.html')
  if (page === null) return null
  const nonce = randomBytes(NONCE_BYTES).toString('base64')
  return {
    body: Buffer.from(page.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentPolicy(connectSource, nonce),
    },
  }
}

/** Null when there is no such file, or when a link in the folder leads out of it. */
async function readInside(assetsDir: string, path: string): Promise<Buffer | null> {
  try {
    const root = await realpath(assetsDir)
    const file = await realpath(join(root, path))
    return file.startsWith(root + sep) ? await readFile(file) : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR'
}
