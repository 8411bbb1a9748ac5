import type { ProofLook } from '../api.ts'

type RefusedFor = ProofLook['refusedFor']

/** Proving again who one is, in Chinese. */
export const proof = {
  title: '请确认是您本人',
  means: {
    export: '导出会把个人信息带出系统。离您上次登录或确认已超过 10 分钟，请再用企业微信确认一次。',
    step: '这一步影响大，做了不能撤回。离您上次登录或确认已超过 10 分钟，请再用企业微信确认一次。',
  },
  kept: '企业微信会在新窗口打开。确认后回到这里，刚才的操作自动继续；取消则什么都不做，填好的内容还在。',
  byWecom: '去企业微信确认（新窗口）',
  waiting: '等企业微信确认。确认后可以关掉那个窗口。',
  refused: (why: RefusedFor): string =>
    why === 'other_person'
      ? '没有通过：登录的是另一个人。请用您自己的账号确认。'
      : why === 'too_late'
        ? '没有通过：超过 5 分钟了。请重新确认。'
        : '没有通过：不是从这次登录发起的。请重新确认。',
  over: '5 分钟内没有确认。请重新确认。',
  again: '重新确认',
  cancel: '取消',
}

export type ProofText = typeof proof
