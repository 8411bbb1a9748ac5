import { createCall } from '@vouch/contract'

export const client = createCall()
