import type { importEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { contentName } from '../../files/file-names.ts'
import type { Session } from '../../people/sessions.ts'
import { columnOf } from './columns.ts'
import { isOwnHeading } from '../../error-table.ts'
import { loadListUpload } from '../../uploads/load-list-upload.ts'
import { findStoredNames } from './list-upload.ts'
import { asListError, ListError } from '../../read-csv.ts'
import { readList, type List } from './read-list.ts'
import { namedFiles } from './row-values.ts'

type Endpoint = typeof importEndpoints.lookAtList
type NamedFile = Output<Endpoint>['files'][number]

const purposes = { file: 'content', card: 'card', poster: 'poster' } as const
const headingsTold = 40

/**
 * What a list that was uploaded names: how many rows, which of its columns mean nothing here, and the files that belong
 * to it, so that nothing else need be sent. Throws `upload_not_found`.
 */
export async function lookAtList(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { fileName, fileHash } = await loadListUpload(deps, me, asked.csvUploadId)
  const list = await readList(await deps.files.read(contentName(fileHash))).catch(asListError)
  if (list instanceof ListError) {
    return { fileName, rows: 0, problem: list.problem, about: list.about, unknown: [], files: [] }
  }
  const unknown = list.headings
    .filter((heading) => heading !== '' && !columnOf(heading) && !isOwnHeading(heading))
    .slice(0, headingsTold)
  return { fileName, rows: list.rows.length, problem: null, about: '', unknown, files: await filesOf(deps, me, list) }
}

async function filesOf({ db }: Deps, { personId }: Session, list: List): Promise<NamedFile[]> {
  const named = new Map<string, Omit<NamedFile, 'stored'>>()
  for (const row of list.rows) {
    for (const [field, name] of Object.entries(namedFiles(row)) as [keyof typeof purposes, string][]) {
      const purpose = purposes[field]
      if (name) named.set(`${purpose} ${name}`, { name, purpose })
    }
  }
  const files = [...named.values()]
  const stored = await findStoredNames(
    db,
    personId,
    files.map(({ name }) => name),
  )
  return files.map((file) => ({ ...file, stored: stored.has(`${file.purpose} ${file.name}`) }))
}
