import { utf8Length } from './utf8.ts'

/**
 * What `ww.sendChatMessage` takes (wecom-platform.md 5.2): `msgtype` and the one object of that name. Further, empty
 * objects make phones fail with `content empty`. Mind `mediaid`, not `media_id`, and `imgUrl`, not `picurl`.
 */
export type ChatMessage =
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'image'; image: { mediaid: string } }
  | { msgtype: 'video'; video: { mediaid: string } }
  | { msgtype: 'file'; file: { mediaid: string } }
  | { msgtype: 'news'; news: NewsCard }
  | { msgtype: 'miniprogram'; miniprogram: MiniProgramCard }
export type ChatMessageType = ChatMessage['msgtype']

/** All four are needed in practice: without a cover some desktop clients fail. */
export type NewsCard = { link: string; title: string; desc: string; imgUrl: string }
export type MiniProgramCard = { appid: string; title: string; imgUrl: string; page: string }

/** Most UTF-8 bytes of each text. The chat API states none; these are WeCom's for the same card elsewhere (7.1). */
export const messageLimits = {
  textContent: 4000,
  newsTitle: 128,
  newsDesc: 512,
  address: 2048,
  miniProgramTitle: 64,
} as const

export type MessageFault = { field: string; fault: 'empty' | 'too_long' | 'not_an_address' | 'not_a_page' }

/** Everything clients are known to refuse in a message; empty when it may be handed over. */
export function findMessageFaults(message: ChatMessage): MessageFault[] {
  switch (message.msgtype) {
    case 'text':
      return checkText('text.content', message.text.content, messageLimits.textContent)
    case 'image':
      return checkText('image.mediaid', message.image.mediaid)
    case 'video':
      return checkText('video.mediaid', message.video.mediaid)
    case 'file':
      return checkText('file.mediaid', message.file.mediaid)
    case 'news':
      return checkNews(message.news)
    case 'miniprogram':
      return checkMiniProgram(message.miniprogram)
  }
}

function checkNews({ link, title, desc, imgUrl }: NewsCard): MessageFault[] {
  return [
    ...checkAddress('news.link', link),
    ...checkText('news.title', title, messageLimits.newsTitle),
    ...checkText('news.desc', desc, messageLimits.newsDesc),
    ...checkAddress('news.imgUrl', imgUrl),
  ]
}

function checkMiniProgram({ appid, title, imgUrl, page }: MiniProgramCard): MessageFault[] {
  const pathEnds = /\.html(\?.*)?$/.test(page)
  return [
    ...checkText('miniprogram.appid', appid),
    ...checkText('miniprogram.title', title, messageLimits.miniProgramTitle),
    ...checkAddress('miniprogram.imgUrl', imgUrl),
    ...(pathEnds ? [] : [{ field: 'miniprogram.page', fault: 'not_a_page' } as const]),
  ]
}

function checkText(field: string, text: string, most = Number.POSITIVE_INFINITY): MessageFault[] {
  if (text.trim() === '') return [{ field, fault: 'empty' }]
  return utf8Length(text) > most ? [{ field, fault: 'too_long' }] : []
}

function checkAddress(field: string, address: string): MessageFault[] {
  const faults = checkText(field, address, messageLimits.address)
  if (faults.length > 0 || /^https?:\/\/[^\s/]+/.test(address)) return faults
  return [{ field, fault: 'not_an_address' }]
}
