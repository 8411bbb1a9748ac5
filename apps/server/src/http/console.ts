import type Router from '@koa/router'
import { consoleEndpoints } from '@vouch/contract'
import { isConnected } from '../config.ts'
import { findCompany } from '../evidence/queries.ts'
import { signOut } from '../people/sign-out.ts'
import { mountAsDoctor } from './console-as-doctor.ts'
import { mountAudit } from './console-audit.ts'
import { mountBulk } from './console-bulk.ts'
import { mountChecks } from './console-checks.ts'
import { mountCompany } from './console-company.ts'
import { mountAccounts } from './console-accounts.ts'
import { mountConsents } from './console-consents.ts'
import { mountContactCodes } from './console-contact-codes.ts'
import { mountContacts } from './console-contacts.ts'
import { mountContent } from './console-content.ts'
import { mountImports } from './console-imports.ts'
import { mountMatchOffice } from './console-matching.ts'
import { mountSessions } from './console-sessions.ts'
import { mountLocal } from './console-local.ts'
import { mountProofs } from './console-proofs.ts'
import { mountPeople } from './console-people.ts'
import { mountPolicy } from './console-policy.ts'
import { mountReports } from './console-reports.ts'
import { mountRequests } from './console-requests.ts'
import { mountSafety } from './console-safety.ts'
import { mountSends } from './console-sends.ts'
import { mountUploads } from './console-uploads.ts'
import { mountVault } from './console-vault.ts'
import { mountViews } from './console-views.ts'
import { mountWebhooks } from './console-webhooks.ts'
import { mountWithdrawal } from './console-withdrawal.ts'
import { mountHome } from './console-home.ts'
import { mountOfficeNotices } from './notices.ts'
import { setCookie } from './cookies.ts'
import { serve, sessionCookie, type Door } from './serve.ts'
import { mountSignIn } from './sign-in.ts'

/** What the office can ask for. */
export function consoleDoor(door: Door): Router {
  const { deps, router, sessions } = door
  mountSignIn(door, 'console')
  serve(door, consoleEndpoints.whoAmI, async (me) => {
    const { name = '', nameEn = '' } = (await findCompany(deps.db)) ?? {}
    return {
      ...{ personId: me.personId, name: me.name, roles: [...me.roles], way: me.way },
      ...{ demo: deps.config.demo, company: { name, nameEn }, wecom: isConnected(deps.config) },
    }
  })
  serve(door, consoleEndpoints.consoleSignOut, async (me, _, ctx) => {
    setCookie(ctx, sessionCookie('console'), '', 0)
    return signOut(deps, sessions, me, 'console')
  })
  for (const mount of [
    mountSends,
    mountAccounts,
    mountContent,
    mountAsDoctor,
    mountBulk,
    mountConsents,
    mountContacts,
    mountContactCodes,
    mountUploads,
    mountWithdrawal,
    mountVault,
    mountImports,
    mountSafety,
    mountReports,
    mountRequests,
    mountMatchOffice,
    mountCompany,
    mountPolicy,
    mountPeople,
    mountProofs,
    mountLocal,
    mountSessions,
    mountAudit,
    mountHome,
    mountViews,
    mountOfficeNotices,
    mountChecks,
    mountWebhooks,
  ])
    mount(door)
  return router
}
