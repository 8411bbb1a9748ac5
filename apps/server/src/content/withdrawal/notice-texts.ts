import type { Notice } from '../../outbox/add-notices.ts'

/** What reps are told by an app message: nobody's language is known there, so it comes in both. */
type Words = Pick<Notice, 'title' | 'text' | 'path'>

const sidebar = '/sidebar'

export function withdrawnNotice(about: {
  title: string
  version: number
  reason: string
  successor: { title: string } | null
}): Words {
  const { title, version, reason, successor } = about
  return {
    title: `已撤回 Withdrawn：${title}`,
    text: [
      `《${title}》第 ${version} 版已由公司撤回，请勿再使用手中的副本。原因：${reason}`,
      ...(successor ? [`替代：《${successor.title}》`] : []),
      `“${title}” v${version} was withdrawn. Do not use copies you hold.`,
      ...(successor ? [`Instead: “${successor.title}”`] : []),
    ].join('\n'),
    path: sidebar,
  }
}

export function correctionNotice(about: { title: string; version: number; notice: string; doctors: string[] }): Words {
  const { title, version, notice, doctors } = about
  const names = doctors.length > namesShown ? [...doctors.slice(0, namesShown), '…'] : doctors
  return {
    title: `请转告 ${doctors.length} 位医生 Please tell ${doctors.length}：${notice}`,
    text: [
      `《${title}》第 ${version} 版的读者请发送《${notice}》：${names.join('、')}`,
      `Please send “${notice}” to those who read “${title}” v${version}.`,
    ].join('\n'),
    path: sidebar,
  }
}
const namesShown = 10
