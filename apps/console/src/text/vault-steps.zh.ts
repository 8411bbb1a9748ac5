import type { UploadProblem } from '../api.ts'
import { dayAndClock } from './format.ts'

type OwnProblem = 'other_bytes' | 'part_lost' | 'not_kept'

const uploadProblems: Record<Extract<UploadProblem, OwnProblem>, string> = {
  other_bytes: '收到的和原来的文件不一样。请重新选择文件。',
  part_lost: '有一部分丢了。请重新选择同一个文件，只补缺的部分。',
  not_kept: '存储里同名的内容不一致，要请管理员查看。',
}

/** Words for uploading, signing and withdrawing. */
export const vaultSteps = {
  upload: {
    choose: '选择文件',
    other: '换一个文件',
    drop: '或把文件拖到这里',
    reading: '正在核对文件',
    sending: (percent: number) => `正在上传 ${percent}%`,
    pause: '暂停',
    resume: '继续',
    paused: (percent: number) => `已暂停，传了 ${percent}%`,
    waiting: (percent: number) => `网络断了，传了 ${percent}%，恢复后自动继续`,
    checking: '已传完，正在检查内容',
    stored: (name: string) => `已保存：${name}`,
    refused: '没有接受这个文件。',
    problem: (code: string) => uploadProblems[code as OwnProblem] ?? '',
    progress: '上传进度',
    failed: '上传没有完成',
  },
  sign: {
    title: { approve: '签名批准', return: '退回给作者', renew: '签名延长有效期' },
    step: '以哪个身份',
    exactly: '您签的正是这些',
    hash: '这段内容的 SHA-256',
    verified: '已在本机核对：编号就是上面内容的',
    mismatch: '编号和内容对不上，不能签名。请重新打开这一页',
    statement: '签名的原文',
    meaning: '签名的含义',
    meanings: {
      medical: '医学内容准确、均衡，参考文献已核对',
      legal: '符合法规与批准的说明书',
      compliance: '符合公司合规要求，可用于已同意的医生',
    },
    returnMeaning: '看过这一版，退回修改',
    renewMeaning: '复审过，可以继续使用到新的最后一天',
    go: '去企业微信确认并签名',
    goReturn: '去企业微信确认并退回',
    note: '要在 5 分钟内用本人的企业微信确认。确认一次只签这一份。',
    until: '新的最后一天',
    begun: (steps: string) => `${steps}已经签了这一天。改成别的日子，就要各方重新签`,
    none: '没有',
    result: {
      waiting: '还在等企业微信确认',
      signed: '已签名',
      returned: '已退回',
      renewed: '已签名，延长有效期',
      refused: '没有签成：',
      over: '没有在 5 分钟内确认，没有签名。可以再签一次',
    },
  },
  withdraw: {
    title: '撤回',
    effect: '撤回会影响',
    count: {
      reps: '名代表发过',
      repsToTell: '名代表会收到通知',
      doctors: '位医生收到过',
      readers: '位医生打开过或有副本',
      liveLinks: '条链接会显示“已撤回”',
      filesOut: '个已发出的文件收不回',
      textsOut: '条已发出的文字收不回',
    },
    inFlight: '正在发送中',
    inFlightMeans: '这些刚刚允许，可能正在发出，撤回拦不住：',
    inFlightLine: (rep: string, doctor: string, until: Date) =>
      `${rep} → ${doctor || '未对上'} · 到 ${dayAndClock(until)}`,
    noInFlight: '没有正在发送的',
    reason: '原因（医生会看到）',
    successor: '替代资料',
    noSuccessor: '没有替代资料',
    press: '立即撤回',
    done: (reps: number, at: Date) => `${dayAndClock(at)} 已撤回，正在通知 ${reps} 名代表`,
    again: '撤回不需要再登录。撤回后不能恢复，只能发新版本。',
  },
}
