import type { VaultAnswer, VaultRequest } from './answer.ts'
import { noRight, VaultError } from './errors.ts'
import { setState } from './make.ts'
import { findVersion, type VaultSite } from './site.ts'
import { stateOf } from './states.ts'

/** User actions by name: from which state type, and the state they lead to. */
const actions = [
  { name: 'withdraw__c', label: '撤回', from: 'approved_for_distribution__c', to: 'Withdrawn' },
  { name: 'reinstate__c', label: '恢复', from: 'withdrawn__c', to: 'Approved for Distribution' },
  { name: 'make_obsolete__c', label: '作废', from: 'approved_for_distribution__c', to: 'Obsolete' },
]

/** What may be done with a version; truths are strings here (1.14). */
export function listActions(site: VaultSite, request: VaultRequest, [id = '', major = '', minor = '']: string[]) {
  const version = findVersion(site, Number(id), Number(major), Number(minor))
  if (!version) throw noRight()
  const state = stateOf(version.fields['status__v'])?.name
  const here = `${request.host}${request.base}/objects/documents/${id}/versions/${major}/${minor}/lifecycle_actions`
  const found = actions.map(({ name, label, from }) => ({
    ...{ name__v: name, label__v: label, lifecycle_action_type__v: 'stateChange' },
    ...{ lifecycle__v: 'promotional_piece__c', state__v: from, executable__v: String(from === state) },
    entry_requirements__v: `${here}/${name}/entry_requirements`,
  }))
  const body = { responseStatus: 'SUCCESS', responseMessage: 'Success', lifecycle_actions__v: found }
  return { body } satisfies VaultAnswer
}

export function runAction(site: VaultSite, _request: VaultRequest, parts: string[]): VaultAnswer {
  const [id = '', major = '', minor = '', name = ''] = parts
  const version = findVersion(site, Number(id), Number(major), Number(minor))
  const action = actions.find((one) => one.name === name)
  if (!version || !action) throw noRight()
  if (stateOf(version.fields['status__v'])?.name !== action.from)
    throw new VaultError('OPERATION_NOT_ALLOWED', 'Not in that state.')
  setState(site, Number(id), version, action.to)
  return { body: { responseStatus: 'SUCCESS', id: Number(id) } }
}
