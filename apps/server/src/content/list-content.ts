import type { ContentRow, Input, Output, searchEndpoints } from '@vouch/contract'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import { scopeOf } from '../people/scope.ts'
import type { Session } from '../people/sessions.ts'
import {
  countNewest,
  endless,
  findOfficePage,
  findOfficeRows,
  pageSize,
  type OfficeRow,
} from './office-list-queries.ts'
import { bulkActsFor } from './bulk/bulk-acts-for.ts'
import { showCondition } from './office-shows.ts'
import { factTerm } from './search/grams.ts'
import { findPlaces } from './search/queries.ts'
import { searchPieces, type Found } from './search/search-pieces.ts'
import { findRenewalsFor } from './life/review-queries.ts'
import { stepsAsked } from './life/step-facts.ts'

type ListContent = typeof searchEndpoints.listContent
type Asked = Input<ListContent>
type Answer = Output<ListContent>

/** States that hold few enough pieces to search among them alone; others are looked at while searching. */
const mostAmong = 2_000

/** The office's list of versions, drafts included: a search, or all of them page by page. */
export async function listContent(deps: Deps, me: Session, asked: Asked): Promise<Answer> {
  const at = deps.now()
  const { roles } = me
  const asWho = { personId: me.personId, roles, at }
  const [renewals, territories] = await Promise.all([
    asked.show === 'for_me' ? findRenewalsFor(deps.db, asWho) : [],
    scopeOf(deps, me),
  ])
  const who = { ...asWho, renewals, territories }
  return asked.query.trim() === '' ? listed(deps, who, asked) : searched(deps, who, asked)
}

type Who = Parameters<typeof showCondition>[1] & { territories: string[] | null }

async function listed({ db, config }: Deps, who: Who, asked: Asked): Promise<Answer> {
  const allowed = showCondition(asked, who)
  const after = readCursor(asked.cursor, asked.order)
  const order = asked.order || (asked.show === 'expiring' ? 'expiresAt' : '')
  const [page, facets] = await Promise.all([
    findOfficePage(db, { allowed, after, order }),
    after ? [] : countNewest(db, allowed),
  ])
  const rows = page.slice(0, pageSize)
  const last = page.length > pageSize ? rows.at(-1) : undefined
  const shown = await findOfficeRows(
    db,
    rows.map(({ id }) => id),
    who.territories,
  )
  return {
    rows: shown.map((row) => asRow(row, { who, highlights: [], publicUrl: config.PUBLIC_URL })),
    next: last ? writeCursor({ at: last.expiresAt ?? endless, id: last.id }, asked.order) : null,
    facets,
  }
}

async function searched({ db, config }: Deps, who: Who, asked: Asked): Promise<Answer> {
  const allowed = showCondition(asked, who)
  const few = asked.show !== 'all' && asked.show !== 'approved' && asked.show !== 'superseded'
  const { found, next, facets } = await searchPieces(db, {
    query: asked.query,
    facts: [
      ...(asked.product ? [[factTerm('product', asked.product)]] : []),
      ...(asked.kind ? [[factTerm('kind', asked.kind)]] : []),
    ],
    allowed,
    among: few ? await findPlaces(db, allowed, mostAmong) : undefined,
    ...{ cursor: asked.cursor, limit: pageSize, countFacets: true },
  })
  const byId = new Map<string, Found>(found.map((one) => [one.contentItemId, one]))
  const shown = await findOfficeRows(db, [...byId.keys()], who.territories)
  const rows = shown.map((row) =>
    asRow(row, {
      who,
      highlights: byId.get(row.contentItemId)?.highlights ?? [],
      publicUrl: config.PUBLIC_URL,
    }),
  )
  return { rows, next, facets }
}

type Shown = { who: Who; highlights: ContentRow['highlights']; publicUrl: string }

function asRow(row: OfficeRow, { who, highlights, publicUrl }: Shown): ContentRow {
  const { state, heldReason, cardHash, signed, steps, owner, ownerId: _, ...shown } = row
  return {
    ...shown,
    ...{ lifeState: state, held: heldReason, owner: owner ?? '', highlights },
    ...{ signed: Number(signed), asked: stepsAsked({ class: row.class, steps }).length },
    thumbnail: cardHash ? `${publicUrl}/card/${cardHash}.jpg` : null,
    may: bulkActsFor(who, row, who.at),
  }
}
