import type { Simulator } from '../simulator.ts'

const prefix = 'wmCrowd'
const names = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈']

/** Whether this contact is one of a crowd: too many for the stage to draw. */
export const isOfCrowd = (externalUserid: string): boolean => externalUserid.startsWith(prefix)

/** Gives a member so many contacts more, without any message; asked again it adds none that is there. */
export function addCrowd(simulator: Simulator, userid: string, contacts: number): void {
  const { store } = simulator
  const there = new Set(store.follows.filter((follow) => follow.userid === userid).map((one) => one.externalUserid))
  const createtime = Math.floor(simulator.now() / 1_000) - 86_400
  for (let nth = 0; nth < contacts; nth += 1) {
    const externalUserid = `${prefix}${String(nth).padStart(6, '0')}`
    const name = `${names[nth % 10]}医生${nth}`
    if (!store.contacts.has(externalUserid))
      store.contacts.set(externalUserid, { externalUserid, name, gender: 0, hue: nth % 360, shownAs: null })
    if (there.has(externalUserid)) continue
    store.follows.push({
      ...{ userid, externalUserid, remark: '', description: '', remarkCompany: '', remarkMobiles: [] },
      ...{ createtime, addWay: 1, state: '', half: false, visibleFrom: 0, deletedBy: null },
    })
  }
}
