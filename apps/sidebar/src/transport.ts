import { createCall, matchingEndpoints, noticeEndpoints, repEndpoints } from '@vouch/contract'
import type { Ask, Endpoints } from './api.ts'

const { loadRepChoices, chooseRepNotice } = noticeEndpoints
const endpoints: Endpoints = { ...repEndpoints, ...matchingEndpoints, loadRepChoices, chooseRepNotice }
const call = createCall()

export const client: Ask = (name, input, options) => call(endpoints[name], input, options)
