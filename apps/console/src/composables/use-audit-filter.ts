import { listOrders, type auditEndpoints, type Input } from '@vouch/contract'
import { addressOf, shaped, useListFilter } from './use-list-filter.ts'

type AuditFilter = Omit<Input<typeof auditEndpoints.listAudit>, 'cursor'>

const day = shaped(/^20\d{2}-\d{2}-\d{2}$/)

const address = addressOf<AuditFilter>(
  {
    event: shaped(/^[a-z_]{1,30}\.[a-z_]{1,29}$/),
    subject: shaped(/^[\w.@-]{1,64}$/),
    doctor: shaped(/^[\w-]{1,40}$/),
    ...{ from: day, until: day },
  },
  listOrders.audit,
)
export const useAuditFilter = () => useListFilter(address)
