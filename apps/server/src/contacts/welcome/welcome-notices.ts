import type { Words } from '../../outbox/tell-people.ts'

type About = { changeId: string; by: string; reason: string }
const path = '/console/contact-codes/welcome'

/** What whoever could be the second person is told. */
export const proposedWords = ({ changeId, by, reason }: About): Words => ({
  ...{ kind: 'welcome_change', subjectId: changeId, path },
  zh: ['欢迎语的修改等您审批', `${by} 提出修改欢迎语：${reason}。要第二个人批准才生效。`],
  en: [
    'A change of the welcome waits',
    `${by} asks for other words in the welcome: ${reason}. It takes a second person to approve them.`,
  ],
})

/** What whoever asked is told of the second person's word. */
export const decidedWords = ({ changeId, by, reason, approved }: About & { approved: boolean }): Words => ({
  ...{ kind: 'welcome_decided', subjectId: changeId, path },
  zh: approved
    ? ['欢迎语的修改已批准', `${by} 批准了您提出的欢迎语，从下一位新联系人开始用。`]
    : ['欢迎语的修改没有通过', `${by} 没有批准您提出的欢迎语：${reason}。欢迎语没有变。`],
  en: approved
    ? [
        'Change of the welcome approved',
        `${by} approved the welcome you asked for. It is said from the next new contact on.`,
      ]
    : ['Change of the welcome declined', `${by} declined the welcome you asked for: ${reason}. It stays as it is.`],
})
