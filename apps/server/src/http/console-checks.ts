import { checkEndpoints } from '@vouch/contract'
import { benchOf } from '../setup/checks/create-bench.ts'
import { createExaminer } from '../setup/checks/examine.ts'
import { listChecks, requireSystemAdmin } from '../setup/checks/list-checks.ts'
import { removeVerifyFile, saveVerifyFile } from '../setup/verify-files.ts'
import { serve, type Door } from './serve.ts'

/** The system check and the file that proves our domain; for a system administrator alone. */
export function mountChecks(door: Door): void {
  const { deps } = door
  const examiner = createExaminer(benchOf(deps))
  serve(door, checkEndpoints.listChecks, (me) => listChecks(deps, me))
  serve(door, checkEndpoints.runCheck, async (me, { checkId }) => {
    await requireSystemAdmin(deps, me)
    return examiner.run(checkId)
  })
  serve(door, checkEndpoints.saveVerifyFile, (me, asked) => saveVerifyFile(deps, me, asked))
  serve(door, checkEndpoints.removeVerifyFile, (me, asked) => removeVerifyFile(deps, me, asked))
}
