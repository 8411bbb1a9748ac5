import type { Words } from '../outbox/tell-people.ts'

type About = { changeId: string; by: string; reason: string }
const path = '/console/policy'

/** What whoever could be the second person is told. */
export const proposedWords = ({ changeId, by, reason }: About): Words => ({
  ...{ kind: 'policy_change', subjectId: changeId, path },
  zh: ['发送规则的修改等您审批', `${by} 提出修改发送规则：${reason}。要第二个人批准才生效。`],
  en: [
    'A change of the sending rules waits',
    `${by} asks for a change of the sending rules: ${reason}. It takes a second person to approve it.`,
  ],
})

/** What whoever asked is told of the second person's word. */
export const decidedWords = ({ changeId, by, reason, approved }: About & { approved: boolean }): Words => ({
  ...{ kind: 'policy_decided', subjectId: changeId, path },
  zh: approved
    ? ['发送规则的修改已批准', `${by} 批准了您提出的修改。`]
    : ['发送规则的修改没有通过', `${by} 没有批准您提出的修改：${reason}。规则没有变。`],
  en: approved
    ? ['Change of the sending rules approved', `${by} approved the change you asked for.`]
    : [
        'Change of the sending rules declined',
        `${by} declined the change you asked for: ${reason}. The rules stay as they are.`,
      ],
})
