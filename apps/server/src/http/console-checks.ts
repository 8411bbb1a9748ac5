import { checkEndpoints, settingsEndpoints } from '@vouch/contract'
import { benchOf } from '../setup/checks/create-bench.ts'
import { createExaminer } from '../setup/checks/examine.ts'
import { listChecks } from '../setup/checks/list-checks.ts'
import { listSecrets } from '../setup/list-secrets.ts'
import { removeVerifyFile, saveVerifyFile } from '../setup/verify-files.ts'
import { serve, type Door } from './serve.ts'

/** The system check, the file that proves our domain, and the secrets that the check tests. */
export function mountChecks(door: Door): void {
  const { deps } = door
  const examiner = createExaminer(benchOf(deps))
  serve(door, checkEndpoints.listChecks, () => listChecks(deps))
  serve(door, checkEndpoints.runCheck, (_, { checkId }) => examiner.run(checkId))
  serve(door, settingsEndpoints.listSecrets, () => listSecrets(deps, examiner))
  serve(door, checkEndpoints.saveVerifyFile, (me, asked) => saveVerifyFile(deps, me, asked))
  serve(door, checkEndpoints.removeVerifyFile, (me, asked) => removeVerifyFile(deps, me, asked))
}
