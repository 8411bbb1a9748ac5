import { listOrders, type accountEndpoints, type Input } from '@vouch/contract'
import { addressOf, oneOf, useListFilter } from './use-list-filter.ts'

type AccountFilter = Omit<Input<typeof accountEndpoints.listAccounts>, 'cursor'>

export const accountShows = ['active', 'inactive', 'merged', 'all'] as const
const yesNo = oneOf(['', 'yes', 'no'])

const territory = { plain: '', read: (said: string) => said.slice(0, 40) }
const address = addressOf<AccountFilter>(
  { show: oneOf(accountShows), verified: yesNo, contact: yesNo, territory },
  listOrders.accounts,
)
export const { read: readAccountFilter, write: writeAccountFilter } = address
export const useAccountFilter = () => useListFilter(address)
