import type { accountEndpoints, Input } from '@vouch/contract'
import { addressOf, oneOf, useListFilter } from './use-list-filter.ts'

type AccountFilter = Omit<Input<typeof accountEndpoints.listAccounts>, 'cursor'>

export const accountShows = ['active', 'inactive', 'merged', 'all'] as const
const yesNo = oneOf(['', 'yes', 'no'])

const address = addressOf<AccountFilter>({
  ...{ show: oneOf(accountShows), verified: yesNo, contact: yesNo },
  territory: { plain: '', read: (said) => said.slice(0, 40) },
})
export const { read: readAccountFilter, write: writeAccountFilter } = address
export const useAccountFilter = () => useListFilter(address)
