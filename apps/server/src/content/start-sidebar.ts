import type { Output, repEndpoints } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findCompany } from '../evidence/queries.ts'
import type { Session } from '../people/sessions.ts'
import { readReach } from '../sends/chat-queries.ts'
import { findFavourites } from '../sends/queries.ts'
import { listPage } from './list-pieces.ts'
import { findProducts } from './queries.ts'

const everything = { tab: 'content', view: 'recommended', query: '', product: '', kind: '' } as const

/** With "sign in every time", a sidebar that opens later than this after its sign-in asks for another (design.md 4). */
const freshMs = 60_000

/** The sidebar's first question, before it knows whose chat it is in: who am I, and what could I send. */
export async function startSidebar(
  deps: Deps,
  rep: Session,
): Promise<Omit<Output<typeof repEndpoints.start>, 'signatures'>> {
  const [scope, favourites] = await Promise.all([readReach(deps, rep), findFavourites(deps.db, rep.personId)])
  const signedInFor = deps.now().getTime() - rep.signedInAt.getTime()
  if (scope.policy.signInEveryTime && signedInFor > freshMs) throw new AppError('not_signed_in')
  const [page, products, company] = await Promise.all([
    listPage(deps, {
      rep: scope.rep,
      favourites,
      account: null,
      around: undefined,
      filter: everything,
      cursor: null,
    }),
    findProducts(deps.db, scope.rep.products),
    findCompany(deps.db),
  ])
  const { sendsPerMonth, quietFrom, quietUntil } = scope.policy
  return {
    rep: { repId: rep.personId, name: rep.name },
    corpId: deps.config.WECOM_CORP_ID,
    agentId: deps.config.WECOM_AGENT_ID,
    now: deps.now(),
    demo: deps.config.demo,
    company: company?.name ?? '',
    policy: { sendsPerMonth, quietFrom, quietUntil },
    products,
    ...page,
  }
}
