import { importEndpoints } from '@vouch/contract'
import { listErrors } from '../content/imports/list-errors.ts'
import { listImport } from '../content/imports/list-import.ts'
import { listImports } from '../content/imports/list-imports.ts'
import { listTemplate } from '../content/imports/list-template.ts'
import { lookAtList } from '../content/imports/look-at-list.ts'
import { startImport } from '../content/imports/start-import.ts'
import { serveCsv } from './serve-csv.ts'
import { serve, type Door } from './serve.ts'

/** Content from a folder and a table. */
export function mountImports(door: Door): void {
  const { deps } = door
  serve(door, importEndpoints.startImport, (me, asked) => startImport(deps, me, asked))
  serve(door, importEndpoints.lookAtList, (me, asked) => lookAtList(deps, me, asked))
  serve(door, importEndpoints.listImports, (me, asked) => listImports(deps, me, asked))
  serve(door, importEndpoints.lookAtImport, (me, asked) => listImport(deps, me, asked))

  serveCsv(door, '/api/console/imports/template.csv', async (_, { language }) => ({
    ...{ name: 'template', text: listTemplate(language) },
  }))
  serveCsv(door, '/api/console/imports/:importId/errors.csv', async (me, { language, params }) => ({
    ...{ name: 'errors', text: await listErrors(deps, me, { importId: params['importId'] ?? '', language }) },
  }))
}
