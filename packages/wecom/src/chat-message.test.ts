import { describe, expect, test } from 'vitest'
import { findMessageFaults, type ChatMessage } from './chat-message.ts'

const news = {
  link: 'https://vouch.example/l/1',
  title: '资料',
  desc: '说明',
  imgUrl: 'https://vouch.example/card/1.webp',
}
const card = (change: Partial<typeof news>): ChatMessage => ({ msgtype: 'news', news: { ...news, ...change } })
const app = { appid: 'wx1', title: '资料', imgUrl: 'https://vouch.example/1.png', page: 'pages/a.html?x=1' }

describe('a message may be handed to WeCom', () => {
  test.each<[string, ChatMessage]>([
    ['a card', card({})],
    ['a card whose title fills its 128 bytes', card({ title: `${'药'.repeat(42)}ab` })],
    ['a phrase', { msgtype: 'text', text: { content: '您好' } }],
    ['a file', { msgtype: 'file', file: { mediaid: 'm1' } }],
    ['a mini program', { msgtype: 'miniprogram', miniprogram: app }],
  ])('%s', (_, message) => expect(findMessageFaults(message)).toEqual([]))
})

describe('a message is faulty', () => {
  test.each<[string, ChatMessage, string, string]>([
    ['a card without cover', card({ imgUrl: '' }), 'news.imgUrl', 'empty'],
    ['a cover without scheme', card({ imgUrl: '//vouch.example/1.webp' }), 'news.imgUrl', 'not_an_address'],
    ['a title of 129 bytes', card({ title: '药'.repeat(43) }), 'news.title', 'too_long'],
    ['a description of 513 bytes', card({ desc: '药'.repeat(171) }), 'news.desc', 'too_long'],
    ['a script as link', card({ link: 'javascript:alert(1)' }), 'news.link', 'not_an_address'],
    ['a blank phrase', { msgtype: 'text', text: { content: ' ' } }, 'text.content', 'empty'],
    ['a phrase of 4001 bytes', { msgtype: 'text', text: { content: '👋'.repeat(1001) } }, 'text.content', 'too_long'],
    ['a picture without id', { msgtype: 'image', image: { mediaid: '' } }, 'image.mediaid', 'empty'],
    ['a video without id', { msgtype: 'video', video: { mediaid: '' } }, 'video.mediaid', 'empty'],
    [
      'a page that is none',
      { msgtype: 'miniprogram', miniprogram: { ...app, page: 'pages/a' } },
      'miniprogram.page',
      'not_a_page',
    ],
  ])('%s', (_, message, field, fault) => expect(findMessageFaults(message)).toContainEqual({ field, fault }))
})
