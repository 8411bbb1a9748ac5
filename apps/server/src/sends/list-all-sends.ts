import type { consoleEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { escapeLike } from '../content/queries.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { readHistory } from './list-history.ts'

type Endpoint = typeof consoleEndpoints.listSends

/** Every attempt of everybody, also refused ones, newest first. Looking is recorded: it shows personal data. */
export async function listAllSends(deps: Deps, personId: string, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const like = `%${escapeLike(asked.query.trim())}%`
  const page = await readHistory(deps, asked, null, (rows) =>
    asked.query.trim()
      ? rows.where((eb) => eb.or([eb('account.name', 'like', like), eb('contentItem.title', 'like', like)]))
      : rows,
  )
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, deps.now(), {
      event: 'sends.viewed',
      subjectId: personId,
      detail: { shown: page.sends.length, show: asked.show, searched: Boolean(asked.query) },
    }),
  )
  const about = await findRepsAndHospitals(
    deps,
    page.sends.map((send) => send.sendId),
  )
  return {
    next: page.next,
    sends: page.sends.map((send) => ({ ...send, rep: '', hospital: '', policyVersion: 0, ...about.get(send.sendId) })),
  }
}

async function findRepsAndHospitals({ db }: Deps, sendIds: string[]) {
  if (sendIds.length === 0) return new Map<string, { rep: string; hospital: string; policyVersion: number }>()
  const rows = await db
    .selectFrom('send')
    .innerJoin('person', 'person.id', 'send.repId')
    .leftJoin('account', 'account.id', 'send.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['send.id', 'send.policyVersion', 'person.name as rep', 'hospital.name as hospital'])
    .where('send.id', 'in', sendIds)
    .execute()
  return new Map(
    rows.map(({ id, policyVersion, rep, hospital }) => [id, { rep, hospital: hospital ?? '', policyVersion }]),
  )
}
