import { companyEndpoints as company } from '@vouch/contract'
import { addChoice } from '../company/add-choice.ts'
import { changeCompany } from '../company/change-company.ts'
import { loadCompany } from '../company/load-company.ts'
import { removeChoice } from '../company/remove-choice.ts'
import { renameChoice } from '../company/rename-choice.ts'
import { serve, type Door } from './serve.ts'

/** What the company is called, and the lists everything else chooses from. */
export function mountCompany(door: Door): void {
  const { deps } = door
  serve(door, company.loadCompany, (me) => loadCompany(deps, me))
  serve(door, company.changeCompany, (me, asked) => changeCompany(deps, me, asked))
  serve(door, company.addChoice, (me, asked) => addChoice(deps, me, asked))
  serve(door, company.renameChoice, (me, asked) => renameChoice(deps, me, asked))
  serve(door, company.removeChoice, (me, asked) => removeChoice(deps, me, asked))
}
