import { computed } from 'vue'
import { useText } from './index.ts'

const problems: Record<string, string> = {
  not_verified: '企业微信要求您先完成实名认证，认证后回到这里再看',
  no_permission: '应用或您的账号没有客户联系权限，请联系管理员',
  unreachable: '企业微信暂时没有回应，正在再试',
  nobody_left: '账号已停用，这个码不再有人接收',
}
const zhFailed = '企业微信没有给出这个码，请联系管理员'

/** Words of the rep's own code; they travel with what shows it. */
const zh = {
  title: '我的名片码',
  close: '关闭',
  help: '请医生用微信扫一扫，加您为联系人。',
  picture: (rep: string) => `${rep}的名片码`,
  making: '正在请企业微信生成，几秒就好',
  came: (count: number) => (count === 0 ? '还没有医生用它加过您' : `已有 ${count} 位医生用它加了您`),
  welcome: '医生加上您后，几秒内会收到公司的欢迎语。',
  failed: '没读到名片码',
  problem: (code: string) => problems[code] ?? zhFailed,
}

type Words = typeof zh

const inEnglish: Record<string, string> = {
  not_verified: 'WeCom wants your name verified first. Look here again when it is.',
  no_permission: 'The app or your account has no right to customer contact. Ask your administrator.',
  unreachable: 'WeCom does not answer at the moment. Trying again',
  nobody_left: 'The account is disabled. Nobody is reached by this code any more.',
}

const en: Words = {
  title: 'My code',
  close: 'Close',
  help: 'The doctor scans it with WeChat to add you as a contact.',
  picture: (rep) => `Code of ${rep}`,
  making: 'WeCom is making it, a few seconds',
  came: (count) => (count === 0 ? 'No doctor has added you by it yet' : `${count} doctors have added you by it`),
  welcome: 'Whoever adds you gets the company’s welcome within seconds.',
  failed: 'Could not read your code',
  problem: (code) => inEnglish[code] ?? 'WeCom did not give this code. Ask your administrator.',
}

export function useOwnCodeText() {
  const t = useText()
  return computed<Words>(() => (t.value.language.code === 'en' ? zh : en))
}
