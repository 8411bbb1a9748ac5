import { AppError } from '../errors.ts'
import type { WeCom } from './wecom.ts'

const refuse = (): never => {
  throw new AppError('wecom_not_set_up')
}
const refused = async (): Promise<never> => refuse()

/** The WeCom of a company that has not set it up yet: whatever is asked, the answer is the same. */
export const noWeCom: WeCom = {
  oauthUrl: refuse,
  loginUrl: refuse,
  visitorOfCode: refused,
  sign: refused,
  isEmployed: refused,
  findMember: refused,
  servingMembers: refused,
  contactsPage: refused,
  findContact: refused,
  upload: refused,
  tell: refused,
  sendWelcome: refused,
  addContactWay: refused,
  contactWay: refused,
  contactWaysMade: refused,
  updateContactWay: refused,
  removeContactWay: refused,
  fetchPicture: refused,
  refreshAhead: refused,
}
