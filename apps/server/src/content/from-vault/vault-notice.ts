/** What compliance officers are told when the vault publishes too much at once: in both languages. */
export function brakedNotice({ count, allowed }: { count: number; allowed: number }) {
  return {
    title: '内容库发布已暂停 Vault publications stopped',
    text: [
      `一分钟内有 ${count} 份内容（上限 ${allowed}）等待发布，已全部暂停，请人工核对后放行。`,
      `${count} pieces came from the vault within a minute (${allowed} allowed). None is published before a person looks.`,
    ].join('\n'),
    path: '/console/vault',
  }
}
