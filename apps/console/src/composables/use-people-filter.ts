import { listOrders, roleNames, type Input, type peopleEndpoints } from '@vouch/contract'
import { addressOf, oneOf, useListFilter } from './use-list-filter.ts'

type PeopleFilter = Omit<Input<typeof peopleEndpoints.listPeople>, 'cursor'>
export const peopleShows = ['active', 'left', 'all'] as const
export const roleChoices = ['', 'none', ...roleNames] as const

const address = addressOf<PeopleFilter>(
  {
    ...{ show: oneOf(peopleShows), role: oneOf(roleChoices), waiting: oneOf(['', 'yes']) },
  },
  listOrders.people,
)
export const usePeopleFilter = () => useListFilter(address)
