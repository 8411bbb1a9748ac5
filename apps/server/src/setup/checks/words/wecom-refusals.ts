import type { Both } from '@vouch/contract'
import { both, type Said } from '../check.ts'

/** Refusals with a fix of their own, whichever check meets them (wecom-platform.md 1.3). */
const refusals: Record<number, { is: Both; fix: Both }> = {
  [-1]: { is: both('企业微信正忙', 'WeCom is busy'), fix: both('过一分钟再查', 'check again in a minute') },
  40001: {
    is: both('Secret 不对，或被重置过', 'the secret is wrong or was reset'),
    fix: both(
      '到应用页面重新“查看”Secret，填进 WECOM_AGENT_SECRET，重启服务。不要反复试：连着错会被封一小时',
      'view the secret on the app’s page again, put it into WECOM_AGENT_SECRET, restart. Do not try around: repeated errors block us for an hour',
    ),
  },
  40013: {
    is: both('企业 ID 不对', 'the corp id is wrong'),
    fix: both(
      '到“我的企业 > 企业信息”最下面复制企业 ID，填进 WECOM_CORP_ID',
      'copy the corp id from the bottom of My company > Company information into WECOM_CORP_ID',
    ),
  },
  40056: {
    is: both('AgentId 不对', 'the agent id is wrong'),
    fix: both('到应用页面复制 AgentId，填进 WECOM_AGENT_ID', 'copy AgentId from the app’s page into WECOM_AGENT_ID'),
  },
  45009: {
    is: both(
      '调用次数超限，或密钥连错被封，最长一小时',
      'a quota is used up, or wrong secrets blocked us, for an hour at most',
    ),
    fix: both(
      '等一小时再查；期间确认没有别的程序在用错的密钥',
      'check again in an hour; meanwhile see that no other program uses a wrong secret',
    ),
  },
  48002: {
    is: both('应用没有这个接口的权限', 'the app may not use this interface'),
    fix: both('把应用加进“可调用接口的应用”', 'add the app to those that may call'),
  },
  48006: {
    is: both('应用长期不用，权限被收回', 'the permission was taken back because the app was idle'),
    fix: both('到管理后台重新开启', 'turn it on again in the admin console'),
  },
  50003: {
    is: both('应用被停用', 'the app is disabled'),
    fix: both('到应用页面重新启用', 'enable it on the app’s page'),
  },
  60020: {
    is: both('出口 IP 不在企业可信 IP 里', 'our address is not among the trusted IPs'),
    fix: both('加进企业可信 IP，等 1 分钟再查', 'add it to the trusted IPs, wait a minute, check again'),
  },
  301002: {
    is: both('AgentId 和 Secret 不是同一个应用的', 'agent id and secret belong to different apps'),
    fix: both('AgentId 和 Secret 都从同一个应用页面复制', 'copy both from the page of one app'),
  },
}
refusals[40091] = refusals[40001] as { is: Both; fix: Both } // a second code for the same

export const refused = (errcode: number): Said => {
  const known = refusals[errcode]
  return {
    fact: both(`${errcode}：${known?.is.zh ?? '企业微信拒绝了'}`, `${errcode}: ${known?.is.en ?? 'WeCom refuses'}`),
    fix:
      known?.fix ?? both(`在企业微信的错误码查询工具里查 ${errcode}`, `look ${errcode} up in WeCom’s error code tool`),
  }
}
