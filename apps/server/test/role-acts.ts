import {
  decideContentStep,
  decideTextStep,
  reviewSteps,
  roleNames,
  type ContentAction,
  type ContentStepFacts,
  type Role,
  type TextAction,
  type TextStepFacts,
} from '@vouch/rules'
import { mayApprove, mayChange } from '../src/contacts/codes/code-roles.ts'
import { safetyStanding } from '../src/evidence/safety/safety-office.ts'
import { office } from '../src/http/console-routes.ts'
import { mayEndOthers } from '../src/people/list-sessions.ts'
import { roleGranters } from '../src/people/roles/people-roles.ts'
import { uploaders, whoUploads } from '../src/uploads/upload-limits.ts'

/**
 * One of several things that a route is for, and the roles its room does it for. With `asked` the room can be heard: it
 * answers `wrong_role` to everybody else whom the door lets in.
 */
type RoleAct = { route: string; act: string; who: readonly Role[]; asked?: Record<string, unknown> }

const whoever = (may: (roles: readonly Role[]) => boolean): Role[] => office.filter((role) => may([role]))

const contentDoors: Record<ContentAction, string[]> = {
  edit: ['content/edits', 'content/page-texts'],
  submit: ['content/submissions', 'content/bulk'],
  take_back: ['content/take-backs'],
  sign: ['content/signings'],
  return: ['content/signings'],
  renew: ['content/signings'],
  withdraw: ['content/withdrawals', 'content/effects', 'content/signings', 'content/bulk', 'content/bulk/effects'],
  expire: ['content/expiries'],
  new_version: ['content/versions'],
  tag: ['content/tags', 'content/bulk', 'content/bulk/take-backs'],
}
const textDoors: Record<TextAction, string> = {
  ...{ begin: 'consents/texts/drafts', edit: 'consents/texts/edits', submit: 'consents/texts/steps' },
  ...{ take_back: 'consents/texts/steps', drop: 'consents/texts/steps' },
  ...{ sign: 'consents/texts/signings', return: 'consents/texts/signings' },
}

const now = new Date()
const anyStep = {
  ...{ actorId: 'me', statementHash: '', signedHash: '', reason: '', reauthenticatedAt: null, openVersion: false },
}
const anyPiece: Omit<ContentStepFacts, 'action' | 'roles' | 'ownerId' | 'step'> = {
  ...{ ...anyStep, submittedBy: null, state: 'draft', class: 'promotional', steps: [], signatures: [] },
  ...{ pagesReady: true, effectiveAt: null, expiresAt: null, held: false },
  text: { title: '', cardTitle: '', cardDesc: '', body: '', kind: 'document' },
}
const anyText: Omit<TextStepFacts, 'action' | 'roles'> = {
  ...{ ...anyStep, life: null, writers: [], wordings: [], activeFrom: null },
}

/** Whose role is no reason against it; only authors own a piece. */
const takesStep = (action: ContentAction) => (roles: readonly Role[]) =>
  reviewSteps.some((step) => {
    const ownerId = roles.includes('author') ? 'me' : 'author'
    const decision = decideContentStep({ ...anyPiece, action, roles, ownerId, step }, now)
    return decision.allowed || decision.refusals.every(({ reason }) => reason !== 'wrong_role')
  })
const takesTextStep = (action: TextAction) => (roles: readonly Role[]) => {
  const decision = decideTextStep({ ...anyText, action, roles }, now)
  return decision.allowed || decision.refusals.every(({ reason }) => reason !== 'wrong_role')
}

const acts: [path: string, act: string, who: readonly Role[], asked?: Record<string, unknown>][] = [
  ...Object.entries(contentDoors).flatMap(([action, paths]) =>
    paths.map((path): (typeof acts)[number] => [path, action, whoever(takesStep(action as ContentAction))]),
  ),
  ...Object.entries(textDoors).map(
    ([action, path]): (typeof acts)[number] => [path, action, whoever(takesTextStep(action as TextAction))], // keys of the tables above
  ),
  ['content/drafts', 'begin', ['author']],
  ['content/notices', 'have readers told', ['compliance_officer']],
  ...Object.entries(whoUploads).map(([purpose, who]): (typeof acts)[number] => ['uploads', purpose, who, { purpose }]),
  ...['uploads/close', 'uploads/look', 'uploads/:uploadId/parts/:number'].map((path): (typeof acts)[number] => [
    path,
    'go on with an upload',
    uploaders,
  ]),
  ['contact-codes/welcome/decisions', 'approve', whoever(mayApprove), { decision: 'approved' }],
  ['contact-codes/welcome/decisions', 'decline', whoever(mayApprove), { decision: 'declined' }],
  ['contact-codes/welcome/decisions', 'take back', whoever(mayChange), { decision: 'taken_back' }],
  ['sessions', 'see one’s own', roleNames, { whose: 'mine' }],
  ['sessions', 'see all', whoever(mayEndOthers), { whose: 'all' }],
  ['sessions/ends', 'end one’s own', roleNames],
  ['sessions/ends-of-person', 'end those of others', whoever(mayEndOthers), {}],
  ['safety/report', 'look', whoever((roles) => standing(roles).looks), {}],
  ['safety/acknowledgements', 'acknowledge', whoever((roles) => standing(roles).works), {}],
  ['safety/hand-overs', 'hand over', whoever((roles) => standing(roles).works), {}],
  ['people/roles/changes', 'ask for a role', roleGranters, {}],
  ['people/roles/decisions', 'decide on a role', roleGranters, {}],
  ['people/roles/takings', 'take a role', roleGranters, {}],
  ['people/reviews', 'review roles', roleGranters, {}],
]

/** Of a report that somebody else has in hand. */
function standing(roles: readonly Role[]) {
  return safetyStanding({ personId: 'me', roles }, null)
}

export const roleActs: RoleAct[] = acts.map(([path, act, who, asked]) => ({
  ...{ route: `POST /api/console/${path}`, act, who },
  ...(asked && { asked }),
}))
