import { describe, expect, test } from 'vitest'
import { shanghai } from '../test/facts.ts'
import {
  decideGrant,
  decideTaking,
  type AskedRole,
  type RoleHolder,
  type RoleRefusal,
  type RoleWords,
} from './decide-role.ts'

const now = shanghai('2026-03-18 12:00')
const later = shanghai('2026-06-30 18:00')
const nobody: RoleHolder = { active: true, local: false, held: [], territories: [] }
const holding = (...roles: string[]): RoleHolder => ({ ...nobody, held: roles.map((role) => ({ role, until: null })) })
const asks: AskedRole = { role: 'author', until: null, territories: [] }
const said: RoleWords = { personId: 'chen', askedBy: 'luo', approvedBy: null }

const scenarios: {
  says: string
  asked?: Partial<AskedRole>
  holder?: Partial<RoleHolder>
  words?: Partial<RoleWords>
  refuses: RoleRefusal[]
}[] = [
  { says: 'a role for a colleague who holds none', refuses: [] },
  { says: 'a second role beside the first', holder: holding('medical'), refuses: [] },
  { says: '[A48] a role for oneself', words: { personId: 'luo' }, refuses: ['own_role'] },
  { says: '[A48] an approval by whom it is for', words: { approvedBy: 'chen' }, refuses: ['own_role'] },
  { says: '[A48] an approval by who asked', words: { approvedBy: 'luo' }, refuses: ['own_change'] },
  { says: 'an approval by somebody else', words: { approvedBy: 'wei' }, refuses: [] },
  { says: 'a role for somebody who left', holder: { active: false }, refuses: ['left'] },
  {
    says: 'a rep who is no member of WeCom',
    asked: { role: 'rep' },
    holder: { local: true },
    refuses: ['not_a_member'],
  },
  { says: 'a role that is held', holder: holding('author'), refuses: ['held_already'] },
  { says: 'a held role with another end', asked: { until: later }, holder: holding('author'), refuses: [] },
  {
    says: 'a manager of the same territories',
    asked: { role: 'manager', territories: ['west', 'east'] },
    holder: { ...holding('manager'), territories: ['east', 'west'] },
    refuses: ['held_already'],
  },
  {
    says: 'a manager who is given another territory',
    asked: { role: 'manager', territories: ['west'] },
    holder: { ...holding('manager'), territories: ['east'] },
    refuses: [],
  },
  { says: 'a manager of nothing', asked: { role: 'manager' }, refuses: ['territory_needed'] },
  {
    says: '[R30] the system administrator as security administrator',
    asked: { role: 'security_admin' },
    holder: holding('system_admin'),
    refuses: ['admins_exclude'],
  },
  {
    says: '[R30] the security administrator as system administrator',
    asked: { role: 'system_admin' },
    holder: holding('security_admin'),
    refuses: ['admins_exclude'],
  },
  {
    says: '[R30] the security administrator as auditor',
    asked: { role: 'auditor', until: later },
    holder: holding('security_admin'),
    refuses: ['auditor_acts'],
  },
  {
    says: '[R30] an auditor who is to write',
    holder: { held: [{ role: 'auditor', until: later }] },
    refuses: ['auditor_acts'],
  },
  {
    says: 'whoever grants roles as one who sets policy',
    asked: { role: 'compliance_officer' },
    holder: holding('security_admin'),
    refuses: ['grants_and_rules'],
  },
  {
    says: 'whoever sets policy as one who grants roles',
    asked: { role: 'security_admin' },
    holder: holding('compliance'),
    refuses: ['grants_and_rules'],
  },
  { says: 'an auditor without an end', asked: { role: 'auditor' }, refuses: ['end_needed'] },
  { says: 'an auditor until summer', asked: { role: 'auditor', until: later }, refuses: [] },
  { says: 'a role that ends this very moment', asked: { until: now }, refuses: ['end_passed'] },
  {
    says: 'everything at once',
    asked: { role: 'auditor' },
    holder: { ...holding('rep'), active: false },
    words: { personId: 'luo' },
    refuses: ['own_role', 'left', 'auditor_acts', 'end_needed'],
  },
]

describe('whoever is to be granted', () => {
  test.each(scenarios)('$says', ({ asked, holder, words, refuses }) => {
    expect(decideGrant({ ...asks, ...asked }, { ...nobody, ...holder }, { ...said, ...words }, now)).toEqual(refuses)
  })
})

describe('a role is taken away', () => {
  test.each([
    { says: 'when it is held', role: 'author', held: ['author', 'rep'], others: 0, refuses: [] },
    { says: 'not when it is not held', role: 'author', held: ['rep'], others: 0, refuses: ['not_held'] },
    {
      says: 'of one security administrator of two',
      role: 'security_admin',
      held: ['security_admin'],
      others: 1,
      refuses: [],
    },
    {
      says: 'not of the last one, who alone could give it back',
      role: 'security_admin',
      held: ['security_admin'],
      others: 0,
      refuses: ['last_security_admin'],
    },
  ] as const)('$says', ({ role, held, others, refuses }) => {
    expect(decideTaking(role, held, others)).toEqual(refuses)
  })
})
