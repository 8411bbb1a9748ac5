import type { accountEndpoints, Input, MergePreview } from '@vouch/contract'
import { appendAudit } from '../../../audit/append-audit.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { AppError } from '../../../errors.ts'
import type { Session } from '../../../people/sessions.ts'
import { findRecordIds } from '../../../merged-records.ts'
import { findBriefs } from '../account-briefs.ts'
import { findAccounts, type AccountOwn } from '../account-rows.ts'
import { mergeRefusals } from './check-merge.ts'
import { takenProof, takenValues } from './merge-rows.ts'
import { countMonth, countMoves } from './count-moves.ts'
import { standingsAfter } from './standings-after.ts'

type Asked = Input<typeof accountEndpoints.previewMerge>

/** What a merge would do: both side by side, what moves, where the doctor stands after it. It shows personal data. */
export async function previewMerge(deps: Deps, me: Session, asked: Asked): Promise<MergePreview> {
  const { db, now } = deps
  const { survivorId, mergedId } = asked
  const [found, briefs] = await Promise.all([
    findAccounts(db, [survivorId, mergedId]),
    findBriefs(db, [survivorId, mergedId]),
  ])
  const one = (id: string) => {
    const [own, brief] = [found.find((row) => row.id === id), briefs.get(id)]
    if (!own || !brief) throw new AppError('account_not_found')
    return { own, shown: { ...brief, revision: own.revision } }
  }
  const [survivor, merged] = [one(survivorId), one(mergedId)]
  const records = [...(await findRecordIds(db, survivorId)), ...(await findRecordIds(db, mergedId))]
  const [standings, moves, month] = await Promise.all([
    standingsAfter(db, { survivorId, mergedId }, now()),
    countMoves(db, mergedId),
    countMonth(db, records, now()),
  ])
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now(), {
      ...{ event: 'accounts.viewed', subjectId: survivorId, accountId: survivorId, detail: { mergedId } },
    }),
  )
  return {
    ...{ survivor: survivor.shown, merged: merged.shown, standings, ...moves, ...month },
    differences: differencesOf(survivor.own, merged.own, { ours: survivor.shown, theirs: merged.shown }),
    refusals: mergeRefusals(survivor.own, merged.own),
  }
}

type Shown = { ours: { hospital: string }; theirs: { hospital: string } }
const compared = [
  ...(['externalId', 'name', 'title', 'post', 'department', 'specialty', 'territory', 'campus'] as const),
  'licenceNumber' as const,
]

function differencesOf(survivor: AccountOwn, merged: AccountOwn, { ours, theirs }: Shown): MergePreview['differences'] {
  const taken = takenValues(survivor, merged)
  const proof = takenProof(survivor, merged)
  const rows = compared.map((field) => {
    const left = field in taken ? taken[field as keyof typeof taken]?.left : survivor[field]
    return { field: field as string, survivor: survivor[field] ?? '', merged: merged[field] ?? '', after: left ?? '' }
  })
  const yes = (one: unknown): string => (one ? 'yes' : 'no')
  return [
    ...rows,
    { field: 'hospital', survivor: ours.hospital, merged: theirs.hospital, after: ours.hospital },
    {
      ...{ field: 'verified', survivor: yes(survivor.hcpVerified), merged: yes(merged.hcpVerified) },
      after: yes(proof?.left.verified ?? survivor.hcpVerified),
    },
  ].filter((row) => row.survivor !== row.merged)
}
