import { parameter, type ApiCall } from './call.ts'
import { trustedHost } from './domains.ts'
import { WeComError } from './errors.ts'

/**
 * agent/get (developer.work.weixin.qq.com/document/path/90227): the app of this token, and of no other. The visible range
 * is told as members, departments and tags; our corp names its members one by one.
 */
export const getApp: ApiCall = {
  method: 'GET',
  answer(simulator, { query }) {
    const { agentId, publicUrl } = simulator.config
    const asked = parameter(query, 'agentid')
    if (!/^\d+$/.test(asked)) throw new WeComError(40056)
    if (asked !== String(agentId)) throw new WeComError(301002)
    const members = [...simulator.store.members.values()].filter(
      ({ inRange, status }) => inRange && status === 'active',
    )
    return {
      ...{ agentid: agentId, name: '准信', square_logo_url: '', description: '演示应用' },
      allow_userinfos: { user: members.map(({ userid }) => ({ userid })) },
      ...{ allow_partys: { partyid: [] }, allow_tags: { tagid: [] } },
      ...{ close: simulator.store.switches.appClosed ? 1 : 0, redirect_domain: trustedHost(simulator) },
      ...{ report_location_flag: 0, isreportenter: 0, home_url: `${publicUrl}/sidebar/` },
    }
  },
}
