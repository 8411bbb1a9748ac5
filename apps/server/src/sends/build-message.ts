import type { ChatMessageOf } from './chat-message.ts'
import { fillNames } from '../content/queries.ts'
import type { Config } from '../config.ts'
import type { Secrets } from '../secrets.ts'
import type { MessageKind } from '@vouch/rules'

type Piece = { body: string; cardTitle: string; cardDesc: string; cardHash: string | null }
type Asked = {
  sendId: string
  kind: MessageKind
  mediaId: string | null
  piece: Piece
  names: { doctor: string; rep: string }
}

/** Address of an approved card picture; WeCom's servers fetch it, so it is public and named by its hash. */
export const cardPicture = (publicUrl: string, hash: string | null): string =>
  `${publicUrl}/card/${hash ?? 'plain'}.jpg`

/**
 * The message exactly as WeCom wants it, with nothing but the one kind's object (wecom-platform.md 5.2: empty objects
 * of other kinds make phones fail). The same send always gives the same bytes.
 */
export function buildMessage({ config, secrets }: { config: Config; secrets: Secrets }, asked: Asked): ChatMessageOf {
  const { piece, kind } = asked
  const token = secrets.linkTokenOf(asked.sendId)
  const imgUrl = cardPicture(config.PUBLIC_URL, piece.cardHash)
  const mediaid = asked.mediaId ?? ''
  switch (kind) {
    case 'text':
      return { msgtype: 'text', text: { content: fillNames(piece.body, asked.names) } }
    case 'image':
      return { msgtype: 'image', image: { mediaid } }
    case 'video':
      return { msgtype: 'video', video: { mediaid } }
    case 'file':
      return { msgtype: 'file', file: { mediaid } }
    case 'miniprogram':
      return {
        msgtype: 'miniprogram',
        miniprogram: {
          appid: config.WECOM_MINIPROGRAM_APPID ?? '',
          title: piece.cardTitle,
          imgUrl,
          page: `pages/reader.html?t=${token}`,
        },
      }
    case 'news':
      return {
        msgtype: 'news',
        news: { link: `${config.PUBLIC_URL}/l/${token}`, title: piece.cardTitle, desc: piece.cardDesc, imgUrl },
      }
  }
}
