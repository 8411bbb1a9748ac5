import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { accountSearchText } from '../../search-text.ts'
import { nameSound } from '../accounts/name-sound.ts'
import type { Deciding, Decision, Written } from './decide-change.ts'

/** Adds a doctor from what the office says, verified when it says how their licence was checked. */
export async function createAccount(deps: Deps, trx: Transaction<Database>, deciding: Deciding): Promise<Written> {
  const { asked, me, at } = deciding
  const accountId = deps.newId()
  const hospitalId = await hospitalOf(deps, trx, asked)
  const said = { ...wordsOf(asked), hospitalId, ...proofOf(asked, me.personId, at) }
  await trx
    .insertInto('account')
    .values({
      ...{ ...said, id: accountId, ...soundsOf(asked.name), compareDue: 1 },
      ...{ hcpVerified: asked.licenceNumber === '' ? 0 : 1, licenceNumber: asked.licenceNumber || null },
      ...{ active: 1, pausedUntil: null, createdAt: at },
    })
    .execute()
  return { accountId, after: { ...wordsOf(asked), hospitalId, verifiedSource: asked.licenceSource } }
}

/**
 * Writes what was wrong. A doctor who moved is verified anew: without a word on how their licence was checked they are not
 * verified any more, and nothing is sent. No list of doctors undoes what was put right here.
 */
export async function applyDetails(deps: Deps, trx: Transaction<Database>, deciding: Deciding): Promise<Written> {
  const { change, asked, me, at } = deciding
  const accountId = change.accountId ?? ''
  const was = await trx
    .selectFrom('account')
    .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['account.name', 'account.department', 'account.title', 'account.specialty', 'account.territory'])
    .select(['account.licenceNumber', 'account.hospitalId', 'account.corrected', 'account.revision'])
    .select(['account.hcpVerified', 'hospital.name as hospital'])
    .where('account.id', '=', accountId)
    .executeTakeFirstOrThrow()
  const hospitalId = await hospitalOf(deps, trx, asked)
  const now = { ...wordsOf(asked), hospitalId }
  const proof = verifiedAfter({ moved: hospitalId !== was.hospitalId, asked, me: me.personId, at })
  const corrected = [...new Set([...was.corrected.split(','), ...changedIn(was, now, asked)])].filter(Boolean)
  await trx
    .updateTable('account')
    .set({ ...now, ...soundsOf(asked.name), ...proof, corrected: corrected.join().slice(0, 200) })
    .set({ revision: was.revision + 1, compareDue: 1 })
    .where('id', '=', accountId)
    .execute()
  const { revision: _, corrected: __, ...before } = was
  return { accountId, before, after: { ...now, ...proof } }
}

const wordsOf = ({ name, title, department, specialty, territory }: Decision) => ({
  ...{ name, title, department, specialty, territory },
})

const soundsOf = (name: string) => ({ nameSearch: accountSearchText({ name, nameEn: '' }), nameSound: nameSound(name) })

const proofOf = ({ licenceNumber, licenceSource }: Decision, verifiedBy: string, verifiedAt: Date) =>
  licenceNumber === '' ? {} : { verifiedSource: licenceSource, verifiedAt, verifiedBy }

type Verifying = { moved: boolean; asked: Decision; me: string; at: Date }

function verifiedAfter({ moved, asked, me, at }: Verifying) {
  if (asked.licenceNumber !== '')
    return { hcpVerified: 1, licenceNumber: asked.licenceNumber, ...proofOf(asked, me, at) }
  return moved ? { hcpVerified: 0, verifiedSource: null, verifiedAt: null, verifiedBy: null } : {}
}

type Was = ReturnType<typeof wordsOf> & { hospitalId: string; licenceNumber: string | null }

/** Under the names by which lists of doctors leave them alone. */
function changedIn(was: Was, now: Omit<Was, 'licenceNumber'>, { licenceNumber }: Decision): string[] {
  const fields = (['name', 'title', 'department', 'specialty', 'territory'] as const).filter(
    (field) => was[field] !== now[field],
  )
  return [
    ...fields,
    ...(was.hospitalId === now.hospitalId ? [] : ['hospital']),
    ...(licenceNumber !== '' && licenceNumber !== was.licenceNumber ? ['licence'] : []),
  ]
}

/** One of the list; a new one is added unless one of that very name is there. */
async function hospitalOf({ newId }: Deps, trx: Transaction<Database>, asked: Decision): Promise<string> {
  if (asked.hospitalId !== null) return asked.hospitalId
  const name = asked.newHospital
  const known = await trx.selectFrom('hospital').select('id').where('name', '=', name).executeTakeFirst()
  if (known) return known.id
  const id = newId()
  await trx.insertInto('hospital').values({ id, name, shortName: name }).execute()
  return id
}
