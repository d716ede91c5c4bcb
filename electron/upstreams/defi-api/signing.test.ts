import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { authoriserOf, baseUrlOf, intentPath } from './api.ts'
import { privateKeyOf, signedHeaders, signedText } from './signing.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const SIGNING = { nowMs: () => 1_795_273_200_999, publicKeyForm: 'pkcs1' } as const
const REQUEST = { method: 'GET', url: 'http://h/v1/swaps?offset=0&limit=100', body: null } as const

describe('signed requests', () => {
  it('sign method, path as sent, sorted query and body', () => {
    expect(signedText(REQUEST)).toBe('GET:/v1/swaps:limit=100&offset=0:')
    expect(signedText({ method: 'POST', url: 'http://h/v1/quotes/', body: '{"a":1}' })).toBe(
      'POST:/v1/quotes/::{"a":1}',
    )
  })

  it('carry a signature that the public key verifies, and the four headers', () => {
    const headers = signedHeaders(PEM, REQUEST, SIGNING)
    const signature = Buffer.from(headers['x-api-signature'] ?? '', 'base64')
    expect(verify('sha256', Buffer.from(signedText(REQUEST)), publicKey, signature)).toBe(true)
    expect(verify('sha256', Buffer.from(`${signedText(REQUEST)} `), publicKey, signature)).toBe(false)
    expect(headers['x-api-timestamp']).toBe('1795273200')
    expect(headers['x-api-nonce']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(signedHeaders(PEM, REQUEST, SIGNING)['x-api-nonce']).not.toBe(headers['x-api-nonce'])
  })

  it.each(['pkcs1', 'spki'] as const)('name the public key by its %s form', (publicKeyForm) => {
    const der = createPublicKey(PEM).export({ type: publicKeyForm, format: 'der' })
    const name = createHash('sha256').update(der).digest('base64')
    expect(signedHeaders(PEM, REQUEST, { ...SIGNING, publicKeyForm })['x-api-key']).toBe(name)
  })

  it('take a key whose line breaks were written out, in either form of PEM', () => {
    const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    for (const pem of [PEM.replaceAll('\n', String.raw`\n`), pkcs1]) {
      expect(privateKeyOf(pem).asymmetricKeyType).toBe('rsa')
    }
  })

  it('refuse anything else without repeating a word of it', () => {
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    for (const bad of [
      'hunter2',
      '',
      PEM.slice(0, 400),
      elliptic.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ]) {
      let said = ''
      try {
        privateKeyOf(bad)
      } catch (error) {
        said = JSON.stringify(error)
      }
      expect(said).toContain('not an RSA private key')
      if (bad !== '') expect(said).not.toContain(bad.slice(30, 60) || bad)
    }
  })
})

describe('paths', () => {
  it.each([
    ['http://h', 'execution', 'http://h/v1'],
    ['http://h/', 'signed', 'http://h/v1'],
    ['http://h/v1', 'signed', 'http://h/v1'],
    ['http://h/v1/', 'execution', 'http://h/v1'],
    ['http://h', 'affiliate', 'http://h/affiliate/v1'],
    ['http://h/affiliate', 'affiliate', 'http://h/affiliate/v1'],
    ['http://h/affiliate/v1/', 'affiliate', 'http://h/affiliate/v1'],
  ] as const)('of %s as %s begin with %s', (url, generation, base) => {
    expect(baseUrlOf(url, generation)).toBe(base)
  })

  it('never lead an id to another end point', () => {
    for (const id of ['..', '.', 'a/b', 'a%2Fb', 'a?b', ''])
      expect(() => intentPath(id)).toThrow('cannot be read')
  })

  it('carry a plain key where requests are not signed, and nothing where there is none', () => {
    expect(authoriserOf('affiliate', SIGNING)(' key\n', REQUEST)).toEqual({ 'x-api-key': 'key' })
    expect(authoriserOf('execution', SIGNING)(null, REQUEST)).toEqual({})
  })
})
