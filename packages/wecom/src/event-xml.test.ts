import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseEvent, parseXml } from './event-xml.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../test/fixtures/events/${name}.xml`, import.meta.url), 'utf8').trim()

const common = { event: 'change_external_contact', occurredAt: new Date(1403610513_000), userId: 'zhangsan' }
const nothing = { state: '', welcomeCode: '', source: '', failReason: '' }

describe('an event is read', () => {
  test('when a rep and an HCP are connected', () => {
    expect(parseEvent(fixture('add_external_contact'))).toEqual({
      ...common,
      ...nothing,
      changeType: 'add_external_contact',
      externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA',
      state: 'teststate',
      welcomeCode: 'WELCOMECODE',
    })
  })

  test.each([
    ['add_half_external_contact', 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA'],
    ['edit_external_contact', 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA'],
    ['del_external_contact', 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA'],
    ['del_follow_user', 'woAJ2GCAAAXtWyujaWJHDDGi0mACHAAA'],
    ['transfer_fail', 'woAJ2GCAAAXtWyujaWJHDDGi0mAAAA'],
    ['msg_audit_approved', 'woAJ2GCAAABiuyujaWJHDDGi0mACHAAA'],
  ])('as %s of one HCP', (changeType, externalUserId) => {
    expect(parseEvent(fixture(changeType))).toMatchObject({ ...common, changeType, externalUserId })
  })

  test('with the reason why a relation ended or a hand-over failed', () => {
    expect(parseEvent(fixture('del_external_contact'))).toMatchObject({ source: 'DELETE_BY_TRANSFER' })
    expect(parseEvent(fixture('transfer_fail'))).toMatchObject({ failReason: 'customer_refused' })
  })

  test('when a member leaves or is renamed', () => {
    const event = (changeType: string, more = '') =>
      parseEvent(
        `<xml><CreateTime>1403610513</CreateTime><MsgType>event</MsgType><Event>change_contact</Event>` +
          `<ChangeType>${changeType}</ChangeType><UserID>li.na</UserID>${more}</xml>`,
      )
    const member = { event: 'change_contact', occurredAt: common.occurredAt, userId: 'li.na' }
    expect(event('delete_user')).toEqual({ ...member, changeType: 'delete_user', newUserId: '' })
    const renamed = event('update_user', '<NewUserID><![CDATA[li.na2]]></NewUserID><Department>1</Department>')
    expect(renamed).toEqual({ ...member, changeType: 'update_user', newUserId: 'li.na2' })
  })

  test('and named only, when it is of no concern to us', () => {
    expect(parseEvent(fixture('msgaudit_notify'))).toMatchObject({ event: 'other', name: 'msgaudit_notify' })
    const event = (name: string, changeType: string, more: string) =>
      parseEvent(
        `<xml><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>${name}</Event><ChangeType>${changeType}</ChangeType>${more}</xml>`,
      )
    for (const changeType of ['create', 'update', 'delete', 'shuffle'])
      expect(event('change_external_tag', changeType, '<Id>etAJ2</Id><TagType>tag</TagType>')).toMatchObject({
        ...{ event: 'other', name: 'change_external_tag', changeType, about: 'etAJ2' },
      })
    const members = '<MemChangeList><Item>wmA</Item><Item>wmB</Item></MemChangeList><MemChangeCnt>2</MemChangeCnt>'
    for (const changeType of ['create', 'update', 'dismiss'])
      expect(event('change_external_chat', changeType, `<ChatId>wrOgQh</ChatId>${members}`)).toMatchObject({
        ...{ event: 'other', name: 'change_external_chat', changeType, about: 'wrOgQh' },
      })
  })

  test('with ids kept as text, leading zeros and all', () => {
    const xml = fixture('del_follow_user').replace('<![CDATA[zhangsan]]>', ' 007 ')
    expect(parseEvent(xml)).toMatchObject({ userId: '007' })
    expect(parseXml('<xml><MsgId>4561255354251345929</MsgId></xml>')['MsgId']).toBe('4561255354251345929')
  })

  test.each(["x' or 1=1", '../../etc', 'a'.repeat(65), '陈', '<![CDATA[a b]]>'])('and %s names nobody', (id) => {
    const xml = fixture('del_follow_user').replace('<![CDATA[zhangsan]]>', id)
    expect(parseEvent(xml)).toMatchObject({ userId: '' })
  })
})

describe('XML is refused', () => {
  test.each([
    ['a document type', '<!DOCTYPE xml><xml><a>1</a></xml>'],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><a>&e;</a></xml>'],
    ['an entity bomb', '<!doctype x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml><a>&b;</a></xml>'],
    ['a comment', '<xml><!-- x --><a>1</a></xml>'],
    ['a stylesheet', '<?xml-stylesheet href="x"?><xml><a>1</a></xml>'],
    ['two roots', '<a>1</a><xml>'],
    ['a wrong root', '<suite><a>1</a></suite>'],
    ['an unclosed element', '<xml><a>1</xml>'],
    ['a prototype', '<xml><__proto__><a>1</a></__proto__>'],
  ])('with %s', (_, xml) => {
    expect(() => parseXml(xml)).toThrow(expect.objectContaining({ because: 'malformed' }))
  })

  test('when it is nested without end', () => {
    const deep = `<xml>${'<a>'.repeat(9000)}${'</a>'.repeat(9000)}</xml>`
    expect(() => parseXml(deep)).toThrow(expect.objectContaining({ because: 'malformed' }))
  })

  test('and entities are never replaced', () => {
    expect(parseXml('<xml><a>&lt;b&gt;&#65;</a></xml>')['a']).toBe('&lt;b&gt;&#65;')
  })

  test.each([
    ['without a kind', '<xml><CreateTime>1</CreateTime></xml>'],
    ['without a time', '<xml><MsgType>event</MsgType></xml>'],
    ['with a time that is none', '<xml><MsgType>event</MsgType><CreateTime>1e9</CreateTime></xml>'],
    ['of another age', '<xml><MsgType>event</MsgType><CreateTime>99999999999</CreateTime></xml>'],
  ])('as an event %s', (_, xml) => {
    expect(() => parseEvent(xml)).toThrow(expect.objectContaining({ because: 'malformed' }))
  })

  test('and no name of ours is touched by a hostile one', () => {
    const hostile = '<xml><__proto__><polluted>1</polluted></__proto__><constructor>2</constructor></xml>'
    try {
      parseXml(hostile)
    } catch {
      // refusing it is as good
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
