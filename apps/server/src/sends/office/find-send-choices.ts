import type { Input, Output, SendChoice, sendEndpoints } from '@vouch/contract'
import { sql } from 'kysely'
import { escapeLike } from '../../content/queries.ts'
import type { Deps } from '../../deps.ts'
import { doctorsOf } from '../../merged-records.ts'
import { scopeOf } from '../../people/scope.ts'
import type { Session } from '../../people/sessions.ts'

type Endpoint = typeof sendEndpoints.findSendChoices
type Asked = { words: string; id: string; own: readonly string[] | null }
type Found = Promise<{ id: string; label: string; aside: string | null }[]>

const most = 20

/** What there is to filter sends by; of a manager's own territories alone. Without letters and id: nothing. */
export async function findSendChoices(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const given = { words: asked.query.trim(), id: asked.id, own: await scopeOf(deps, me) }
  if (!given.words && !given.id) return { choices: [] }
  const found = await ways[asked.of](deps, given)
  return { choices: found.map((choice): SendChoice => ({ ...choice, aside: choice.aside ?? '' })) }
}

/** The first session of a screen needs what is few: products, and the versions that sends were decided under. */
export async function loadSendFilters({ db }: Deps): Promise<Output<typeof sendEndpoints.sendFilters>> {
  const [products, consents, policies] = await Promise.all([
    db.selectFrom('product').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
    db.selectFrom('consentText').select('version').distinct().where('purpose', '=', 'receive').execute(),
    db.selectFrom('policy').select('version').execute(),
  ])
  const newestFirst = (rows: { version: number }[]) =>
    rows.map(({ version }) => version).toSorted((one, other) => other - one)
  return { products, consentVersions: newestFirst(consents), policyVersions: newestFirst(policies) }
}

const within = (words: string): string => `%${escapeLike(words)}%`

const ways: Record<Input<Endpoint>['of'], (deps: Deps, asked: Asked) => Found> = {
  doctor({ db }, { words, id, own }) {
    let rows = db
      .selectFrom('account')
      .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
      .select(['account.id', 'account.name as label', 'hospital.name as aside'])
    if (own) rows = rows.where('account.id', 'in', doctorsOf(db, own))
    rows = id
      ? rows.where('account.id', '=', id)
      : rows.where('account.mergedInto', 'is', null).where('account.nameSearch', 'like', within(words.toLowerCase()))
    return rows.orderBy('account.nameSound').orderBy('account.id').limit(most).execute()
  },

  rep({ db }, { words, id, own }) {
    let rows = db
      .selectFrom('person')
      .select(['person.id', 'person.name as label', sql<string>`''`.as('aside')])
      .where((eb) =>
        eb.exists(
          eb.selectFrom('personRole').select('role').whereRef('personId', '=', 'person.id').where('role', '=', 'rep'),
        ),
      )
    if (own) {
      const own_ = own.length > 0 ? own : ['']
      rows = rows.where('person.id', 'in', db.selectFrom('repTerritory').select('repId').where('territory', 'in', own_))
    }
    rows = id ? rows.where('person.id', '=', id) : rows.where('person.name', 'like', within(words))
    return rows.orderBy('person.name').orderBy('person.id').limit(most).execute()
  },

  piece({ db }, { words, id }) {
    const rows = db
      .selectFrom('contentItem')
      .select(['id', 'title as label'])
      .select(
        sql<string>`concat('v', version, if(approval_number = '', '', concat(' · ', approval_number)))`.as('aside'),
      )
    return (id ? rows.where('id', '=', id) : rows.where('title', 'like', within(words)).where('state', '<>', 'draft'))
      .orderBy('title')
      .orderBy('version', 'desc')
      .limit(most)
      .execute()
  },

  hospital({ db }, { words, id, own }) {
    let rows = db.selectFrom('hospital').select(['id', 'name as label', 'city as aside'])
    if (own) {
      const doctors = doctorsOf(db, own)
      rows = rows.where((eb) =>
        eb.exists(
          eb
            .selectFrom('account')
            .select('account.id')
            .whereRef('account.hospitalId', '=', 'hospital.id')
            .where('account.id', 'in', doctors),
        ),
      )
    }
    rows = id
      ? rows.where('id', '=', id)
      : rows.where((eb) => eb.or([eb('name', 'like', within(words)), eb('shortName', 'like', within(words))]))
    return rows.orderBy('name').orderBy('id').limit(most).execute()
  },
}
