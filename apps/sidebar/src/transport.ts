import { createCall, matchingEndpoints, repEndpoints } from '@vouch/contract'
import type { Ask } from './api.ts'

const endpoints: typeof repEndpoints & typeof matchingEndpoints = { ...repEndpoints, ...matchingEndpoints }
const call = createCall()

export const client: Ask = (name, input, options) => call(endpoints[name], input, options)
