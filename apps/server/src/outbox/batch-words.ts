import { kindOf } from './notice-kinds.ts'
import { shanghaiMinute } from './notice-times.ts'
import type { Claimed } from './queries.ts'

type Words = { title: string; text: string; path: string }

/** Titles of a message about many; the rest is a number. */
const mostNamed = 5
/** Of each, so that all of them fit into the 512 characters that WeCom shows. */
const mostLetters = 60

/**
 * One message for several notices: how many, of what, the first of them, and where all of them are. It names the minute it
 * was made in, because WeCom shows the same words to the same member once in four hours.
 */
export function batchWords(notices: readonly Claimed[], at: Date): Words {
  const kinds = new Map<string, number>()
  for (const { kind } of notices) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  return kinds.size === 1 ? ofOneKind(notices, at) : ofDay(kinds, at)
}

function ofOneKind(notices: readonly Claimed[], at: Date): Words {
  const kind = kindOf(notices[0]!.kind)
  const count = notices.length
  return {
    title: `${kind?.name.zh ?? '通知'} ${count} 条 ${kind?.name.en ?? 'Messages'}: ${count}`,
    text: [
      ...notices.slice(0, mostNamed).map(titleOf),
      ...(count > mostNamed ? [`另有 ${count - mostNamed} 条 and ${count - mostNamed} more`] : []),
      `截至 as of ${shanghaiMinute(at)}`,
    ].join('\n'),
    path: kind?.list ?? '/sidebar',
  }
}

function ofDay(kinds: ReadonlyMap<string, number>, at: Date): Words {
  const count = [...kinds.values()].reduce((sum, one) => sum + one, 0)
  const lines = [...kinds].map(([name, number]) => {
    const { zh, en } = kindOf(name)?.name ?? { zh: '通知', en: 'Messages' }
    return `${zh} ${number} · ${en}`
  })
  const office = [...kinds.keys()].some((name) => kindOf(name)?.list.startsWith('/console'))
  return {
    title: `每日汇总 ${count} 条 Daily summary: ${count}`,
    text: [...lines, `截至 as of ${shanghaiMinute(at)}`].join('\n'),
    path: office ? '/console/home' : '/sidebar',
  }
}

function titleOf({ body }: Claimed): string {
  const letters = [...(JSON.parse(body) as Words).title] // written by addNotices
  return letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('')
}
