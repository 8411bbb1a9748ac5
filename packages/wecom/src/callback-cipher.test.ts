import { encrypt, getSignature } from '@wecom/crypto'
import { createCipheriv } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import official from '../test/fixtures/callback-official.json' with { type: 'json' }
import check from '../test/fixtures/url-verify.json' with { type: 'json' }
import {
  answerUrlCheck,
  callbackMostBytes,
  openCallback,
  sealCallback,
  sealUrlCheck,
  type CallbackSettings,
} from './callback-cipher.ts'
import type { RefusedBecause } from './callback-refused.ts'

const settingsOf = (vector: { token: string; encodingAESKey: string; receiveid: string }): CallbackSettings => ({
  token: vector.token,
  aesKey: vector.encodingAESKey,
  corpId: vector.receiveid,
})
const settings = settingsOf(official)
const stamp = { timestamp: 1409659813, nonce: '1372623149' }

const refused = (because: RefusedBecause) => expect.objectContaining({ because })

/** A correctly signed body around a ciphertext of our making. */
function signed(sealed: string) {
  const query = {
    msg_signature: getSignature(settings.token, stamp.timestamp, stamp.nonce, sealed),
    timestamp: String(stamp.timestamp),
    nonce: stamp.nonce,
  }
  return { query, body: `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>` }
}

/** Encrypts exactly these bytes, which must fill whole blocks. */
function encryptRaw(bytes: Buffer): string {
  const key = Buffer.from(`${settings.aesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64')
}

function opened(sealed: string): string {
  const { query, body } = signed(sealed)
  return openCallback(settings, query, body)
}

describe('a callback of WeCom', () => {
  test('is opened as the official example is', () => {
    expect(openCallback(settings, official.query, official.body)).toBe(official.expected.msg)
  })

  test('comes back from sealing unchanged, in Chinese too', () => {
    const text = '<xml><Content><![CDATA[陈大夫，您好 👋]]></Content></xml>'
    const { query, body } = sealCallback(settings, text, { ...stamp, agentId: '1000002' })
    expect(openCallback(settings, query, body)).toBe(text)
  })

  test.each([0, 1, 11, 12, 13, 27, 28, 29, 1000])('may have any length, such as %i', (length) => {
    const { query, body } = sealCallback(settings, 'x'.repeat(length), stamp)
    expect(openCallback(settings, query, body)).toBe('x'.repeat(length))
  })
})

describe('a callback is refused', () => {
  const reverse = (text: string) => text.split('').toReversed().join('')
  const { query, body } = official

  test.each([
    ['another signature', { ...query, msg_signature: reverse(query.msg_signature) }],
    ['a signature in capitals', { ...query, msg_signature: query.msg_signature.toUpperCase() }],
    ['a shortened signature', { ...query, msg_signature: query.msg_signature.slice(0, 39) }],
    ['another time', { ...query, timestamp: '1409659814' }],
    ['another nonce', { ...query, nonce: '1372623140' }],
  ])('with %s', (_, changed) => {
    expect(() => openCallback(settings, changed, body)).toThrow(refused('signature'))
  })

  test('when one letter of the message was changed', () => {
    const tampered = body.replace('RypEvHKD8QQ', 'RypEvHKD8QR')
    expect(() => openCallback(settings, query, tampered)).toThrow(refused('signature'))
  })

  test('when another token signed it', () => {
    expect(() => openCallback({ ...settings, token: 'QDG6eX' }, query, body)).toThrow(refused('signature'))
  })

  test.each([
    ['no signature', { timestamp: '1', nonce: '2' }],
    ['two signatures', { ...query, msg_signature: [query.msg_signature, 'x'] }],
    ['an empty nonce', { ...query, nonce: '' }],
  ])('with %s', (_, changed) => {
    expect(() => openCallback(settings, changed, body)).toThrow(refused('malformed'))
  })

  test.each([
    ['', 'nothing'],
    ['hello', 'text'],
    ['<xml/>', 'an empty element'],
    ['<xml><Encrypt>a</Encrypt>', 'an open element'],
    ['<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>', 'two messages'],
    ['<xml><Encrypt><a>b</a></Encrypt></xml>', 'a nested message'],
    ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>', 'a document type'],
    ['<?php x ?><xml><Encrypt>a</Encrypt></xml>', 'an instruction'],
  ])('when the body %s is %s', (bad) => {
    expect(() => openCallback(settings, query, bad)).toThrow(refused('malformed'))
  })

  test('when it is larger than any real one', () => {
    const large = `<xml><Encrypt>${'A'.repeat(callbackMostBytes)}</Encrypt></xml>`
    expect(() => openCallback(settings, query, large)).toThrow(refused('too_large'))
  })

  test('when it was meant for another company', () => {
    expect(() => opened(encrypt(settings.aesKey, '<xml/>', 'wx0000000000000000'))).toThrow(refused('receiver'))
    expect(() => opened(encrypt(settings.aesKey, '<xml/>', ''))).toThrow(refused('receiver'))
    expect(() => opened(encrypt(settings.aesKey, '<xml/>', `${settings.corpId}x`))).toThrow(refused('receiver'))
  })

  test.each([
    ['no padding', Buffer.alloc(32, 0)],
    ['padding beyond a block', Buffer.alloc(64, 33)],
    ['uneven padding', Buffer.concat([Buffer.alloc(30, 1), Buffer.from([7, 2])])],
  ])('with %s', (_, bytes) => {
    expect(() => opened(encryptRaw(bytes))).toThrow(refused('padding'))
  })

  test('when the stated length is beyond the message', () => {
    const lying = Buffer.alloc(64, 12)
    lying.writeUInt32BE(0xffffffff, 16)
    expect(() => opened(encryptRaw(lying))).toThrow(refused('length'))
  })

  test.each(['A', 'AAAA', '****', 'AA AA'])('when the ciphertext is %s', (sealed) => {
    expect(() => opened(sealed)).toThrow(refused('length'))
  })

  test('and a message of nothing but padding too', () => {
    expect(() => opened(encryptRaw(Buffer.alloc(32, 32)))).toThrow(refused('length'))
  })
})

describe('the check of the address', () => {
  const wire = Object.fromEntries(new URLSearchParams(check.queryStringOnTheWire))

  test('is answered with the decrypted text as it stands', () => {
    expect(answerUrlCheck(settingsOf(check), check.query)).toBe(check.expected.body)
    expect(answerUrlCheck(settingsOf(check), wire)).toBe(check.expected.body)
  })

  test('survives a parser that makes blanks of pluses', () => {
    const echostr = check.query.echostr.replaceAll('+', ' ')
    expect(answerUrlCheck(settingsOf(check), { ...check.query, echostr })).toBe(check.expected.body)
  })

  test('is refused to others', () => {
    const changed = { ...check.query, nonce: '437374424' }
    expect(() => answerUrlCheck(settingsOf(check), changed)).toThrow(refused('signature'))
    const other = { ...settingsOf(check), corpId: 'wx0000000000000000' }
    expect(() => answerUrlCheck(other, check.query)).toThrow(refused('receiver'))
  })

  test('can be made as WeCom makes it', () => {
    expect(answerUrlCheck(settings, sealUrlCheck(settings, '5927782489442352469', stamp))).toBe('5927782489442352469')
  })
})
