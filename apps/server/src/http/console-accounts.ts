import { accountEndpoints as accounts } from '@vouch/contract'
import { correctAccount } from '../contacts/accounts/correct-account.ts'
import { exportAccounts } from '../contacts/accounts/export-accounts.ts'
import { accountImportErrors, accountTemplate } from '../contacts/accounts/imports/account-import-errors.ts'
import { listAccountImportRows } from '../contacts/accounts/imports/list-account-import-rows.ts'
import { listAccountImports } from '../contacts/accounts/imports/list-account-imports.ts'
import { startAccountImport } from '../contacts/accounts/imports/start-account-import.ts'
import { stepAccountImport } from '../contacts/accounts/imports/step-account-import.ts'
import { listAccounts } from '../contacts/accounts/list-accounts.ts'
import { loadAccount } from '../contacts/accounts/detail/load-account.ts'
import { mergeAccounts } from '../contacts/accounts/merging/merge-accounts.ts'
import { previewMerge } from '../contacts/accounts/merging/preview-merge.ts'
import { undoMerge } from '../contacts/accounts/merging/undo-merge.ts'
import { dismissPair } from '../contacts/accounts/pairs/dismiss-pair.ts'
import { listPairs } from '../contacts/accounts/pairs/list-pairs.ts'
import { verifyAccount } from '../contacts/accounts/verify-account.ts'
import { serveCsv } from './serve-csv.ts'
import { serve, type Door } from './serve.ts'

/** The company's doctors: seen, put right, brought in from lists, put together. */
export function mountAccounts(door: Door): void {
  const { deps } = door
  serve(door, accounts.listAccounts, (me, asked) => listAccounts(deps, me, asked))
  serve(door, accounts.exportAccounts, (me, asked) => exportAccounts(deps, me, asked))
  serve(door, accounts.loadAccount, (me, asked) => loadAccount(deps, me, asked.accountId))
  serve(door, accounts.correctAccount, (me, asked) => correctAccount(deps, me, asked))
  serve(door, accounts.verifyAccount, (me, asked) => verifyAccount(deps, me, asked))
  serve(door, accounts.listPairs, (me, asked) => listPairs(deps, me, asked))
  serve(door, accounts.dismissPair, (me, asked) => dismissPair(deps, me, asked))
  serve(door, accounts.previewMerge, (me, asked) => previewMerge(deps, me, asked))
  serve(door, accounts.mergeAccounts, (me, asked) => mergeAccounts(deps, me, asked))
  serve(door, accounts.undoMerge, (me, asked) => undoMerge(deps, me, asked))
  mountAccountImports(door)
}

function mountAccountImports(door: Door): void {
  const { deps } = door
  serve(door, accounts.listAccountImports, (me, asked) => listAccountImports(deps, me, asked))
  serve(door, accounts.startAccountImport, (me, asked) => startAccountImport(deps, me, asked))
  serve(door, accounts.stepAccountImport, (me, asked) => stepAccountImport(deps, me, asked))
  serve(door, accounts.listAccountImportRows, (_, asked) => listAccountImportRows(deps, asked))
  serveCsv(door, '/api/console/accounts/imports/template.csv', async (_, { language }) => ({
    ...{ name: 'doctors', text: accountTemplate(language) },
  }))
  serveCsv(door, '/api/console/accounts/imports/:importId/errors.csv', async (_, { language, params }) => ({
    ...{ name: 'errors', text: await accountImportErrors(deps, { importId: params['importId'] ?? '', language }) },
  }))
}
