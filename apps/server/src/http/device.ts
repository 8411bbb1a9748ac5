import type { Device } from '../db/tables/people.ts'

/** The kind of device a browser says it is: all that is kept of it. */
export function deviceOf(userAgent: string): Device {
  const isPhone = /Mobi|Android|iPhone|iPad|HarmonyOS/i.test(userAgent)
  if (/wxwork/i.test(userAgent)) return isPhone ? 'wecom_phone' : 'wecom_computer'
  return isPhone ? 'phone' : 'computer'
}
