import type { CheckId } from '@vouch/contract'
import { callbackChecks } from './callback-checks.ts'
import type { Check } from './check.ts'
import { configChecks } from './config-checks.ts'
import { dataChecks } from './data-checks.ts'
import { reportChecks } from './report-check.ts'
import { rulesChecks } from './rules-checks.ts'
import { runningChecks } from './running-checks.ts'
import { vaultChecks } from './vault-checks.ts'
import { webChecks } from './web-checks.ts'
import { wecomChecks } from './wecom-checks.ts'

/** Every check by its id; the contract has their order. `doctor`, the console and the health details all read this. */
export const checks: Record<CheckId, Check> = {
  ...configChecks,
  ...dataChecks,
  ...runningChecks,
  ...reportChecks,
  ...webChecks,
  ...wecomChecks,
  ...callbackChecks,
  ...vaultChecks,
  ...rulesChecks,
}
