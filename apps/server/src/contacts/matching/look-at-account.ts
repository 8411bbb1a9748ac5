import type { Input, matchingEndpoints, Output } from '@vouch/contract'
import { standing, type Later } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { followedBy } from '../../sends/around-queries.ts'
import { changeColumns } from './standing-queries.ts'
import { tailOf } from './weigh-candidates.ts'

type Endpoint = typeof matchingEndpoints.lookAtAccount
const shown = 20

/** The doctor a contact is matched to, as the list has them; whom it was matched to before; what this rep asked for. */
export async function lookAtAccount(
  { db }: Deps,
  repId: string,
  { externalUserId }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  const [accounts, matches, changes] = await askSheet(db, { repId, externalUserId })
  const account = accounts[0]
  if (!account) throw new AppError('contact_not_found')
  const { licenceNumber, hcpVerified, ...known } = account
  return {
    account: {
      ...{ ...known, sameName: false },
      ...{ licenceTail: tailOf(licenceNumber), verified: Boolean(Number(hcpVerified)) },
    },
    matches: matches.map(({ reviewReason, endReason, ...match }) => ({ ...match, reason: endReason || reviewReason })),
    changes,
  }
}

const askSheet = standing((db, later: Later<{ repId: string; externalUserId: string }>) => {
  const pair = { repId: later(({ repId }) => repId), externalUserId: later(({ externalUserId }) => externalUserId) }
  return [
    followedBy(db, [pair])
      .innerJoin('account', 'account.id', 'externalContact.accountId')
      .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
      .select(['account.id as accountId', 'account.name', 'account.title', 'account.post', 'account.department'])
      .select(['account.licenceNumber', 'account.hcpVerified', 'hospital.name as hospital', 'hospital.city']),
    db
      .selectFrom('contactMatch')
      .innerJoin('account', 'account.id', 'contactMatch.accountId')
      .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
      .innerJoin('person', 'person.id', 'contactMatch.proposedBy')
      .innerJoin('contactFollow', (join) =>
        join
          .onRef('contactFollow.externalUserId', '=', 'contactMatch.externalUserId')
          .on('contactFollow.repId', '=', pair.repId),
      )
      .select(['account.name as doctor', 'hospital.name as hospital', 'contactMatch.life', 'person.name as by'])
      .select(['contactMatch.proposedAt as at', 'contactMatch.endedAt', 'contactMatch.reviewReason'])
      .select('contactMatch.endReason')
      .where('contactMatch.externalUserId', '=', pair.externalUserId)
      .orderBy('contactMatch.id', 'desc')
      .limit(shown),
    db
      .selectFrom('accountChange')
      .select(changeColumns)
      .where('externalUserId', '=', pair.externalUserId)
      .where('repId', '=', pair.repId)
      .orderBy('id', 'desc')
      .limit(shown),
  ]
})
