import { describe, expect, test } from 'vitest'
import { matchReasons, needsSecondLook, weighMatch, type MatchFacts, type MatchReason } from './match-contact.ts'

type Given = Partial<Omit<MatchFacts, 'contact' | 'account'>> & {
  contact?: Partial<MatchFacts['contact']>
  account?: Partial<MatchFacts['account']>
}

/** A contact nobody named, and an oncologist. */
const build = ({ contact, account, ...given }: Given): MatchFacts => ({
  contact: { remark: '', nickname: '静水流深', member: false, company: '', sounds: [], ...contact },
  account: {
    ...{ name: '张伟', sound: 'zhangwei', hospitals: ['仁和医院（示例）', '仁和'], department: '肿瘤内科' },
    ...{ inTerritory: false, ...account },
  },
  ...{ officeNamed: false, knownElsewhere: false, namesakes: 'none', taken: false, ...given },
})

const scenarios: { says: string; given: Given; reasons: MatchReason[]; strong: boolean }[] = [
  { says: '[MAT-01] nothing speaks for it', given: {}, reasons: [], strong: false },
  {
    says: '[MAT-02] the rep wrote the name',
    given: { contact: { remark: '张伟' } },
    reasons: ['name_in_remark'],
    strong: true,
  },
  {
    says: '[MAT-03] the name with blanks, and in wide letters',
    given: { contact: { remark: 'Ｄａｎ　Okafor' }, account: { name: 'Dan Okafor', sound: '' } },
    reasons: ['name_in_remark'],
    strong: true,
  },
  {
    says: '[MAT-04] a nickname alone is a whim',
    given: { contact: { nickname: '张伟' } },
    reasons: ['name_in_nickname'],
    strong: false,
  },
  {
    says: '[MAT-05] a nickname with the hospital is more',
    given: { contact: { nickname: '张伟 仁和' } },
    reasons: ['name_in_nickname', 'hospital'],
    strong: true,
  },
  {
    says: '[MAT-06] a member’s name is their company’s word',
    given: { contact: { nickname: '张伟', member: true } },
    reasons: ['name_as_member'],
    strong: true,
  },
  {
    says: '[MAT-07] a namesake elsewhere needs the hospital',
    given: { contact: { remark: '张伟' }, namesakes: 'elsewhere' },
    reasons: ['name_in_remark'],
    strong: false,
  },
  {
    says: '[MAT-08] and has it',
    given: { contact: { remark: '张伟 仁和' }, namesakes: 'elsewhere' },
    reasons: ['name_in_remark', 'hospital'],
    strong: true,
  },
  {
    says: '[MAT-09] a namesake in the same hospital needs the department',
    given: { contact: { remark: '仁和 张伟' }, namesakes: 'same_hospital' },
    reasons: ['name_in_remark', 'hospital'],
    strong: false,
  },
  {
    says: '[MAT-10] and has it, from the company and without 科',
    given: { contact: { remark: '张伟', company: '仁和医院（示例）肿瘤内' }, namesakes: 'same_hospital' },
    reasons: ['name_in_remark', 'hospital', 'department'],
    strong: true,
  },
  {
    says: '[MAT-11] another way to write what sounds the same',
    given: { contact: { remark: '章伟', sounds: ['zhangwei'] } },
    reasons: ['sounds_alike'],
    strong: false,
  },
  {
    says: '[MAT-12] a short sound is part of many',
    given: { contact: { sounds: ['lihua'] }, account: { name: '李', sound: 'li' } },
    reasons: [],
    strong: false,
  },
  {
    says: '[MAT-13] a surname with a post',
    given: { contact: { remark: '仁和 张主任' } },
    reasons: ['surname', 'hospital'],
    strong: false,
  },
  {
    says: '[MAT-14] of two characters',
    given: { contact: { remark: '欧阳副主任' }, account: { name: '欧阳文轩', sound: '' } },
    reasons: ['surname'],
    strong: false,
  },
  {
    says: '[MAT-15] the same person elsewhere, and a surname that fits',
    given: { contact: { remark: '张医生' }, knownElsewhere: true },
    reasons: ['known_elsewhere', 'surname'],
    strong: true,
  },
  {
    says: '[MAT-16] the same person elsewhere under another name is looked at',
    given: { contact: { remark: '李敏' }, knownElsewhere: true },
    reasons: ['known_elsewhere'],
    strong: false,
  },
  {
    says: '[MAT-18] an account somebody else is matched to is never clear',
    given: { contact: { remark: '张伟 仁和 肿瘤内科' }, taken: true },
    reasons: ['name_in_remark', 'hospital', 'department'],
    strong: false,
  },
  {
    says: '[MAT-19] the office named it',
    given: { officeNamed: true, namesakes: 'same_hospital' },
    reasons: ['office_named'],
    strong: true,
  },
  {
    says: '[MAT-20] the territory says where, not who',
    given: { account: { inTerritory: true } },
    reasons: ['own_territory'],
    strong: false,
  },
]

describe('a contact and an account it may be', () => {
  test.each(scenarios)('$says', ({ given, reasons, strong }) => {
    expect(weighMatch(build(given))).toMatchObject({ reasons, strong })
  })

  test('every reason there is has a scenario that provokes it', () => {
    const provoked = new Set(scenarios.flatMap((scenario) => scenario.reasons))
    expect(matchReasons.filter((reason) => !provoked.has(reason))).toEqual([])
  })

  test('what the rep wrote weighs more than a nickname, and a hospital more than a surname', () => {
    const points = (given: Given) => weighMatch(build(given)).points
    expect(points({ contact: { remark: '张伟' } })).toBeGreaterThan(points({ contact: { nickname: '张伟 仁和' } }))
    expect(points({ contact: { remark: '仁和' } })).toBeGreaterThan(points({ contact: { remark: '张主任' } }))
  })
})

describe('a second look', () => {
  const [clear, unclear] = [weighMatch(build({ contact: { remark: '张伟' } })), weighMatch(build({}))]
  const named = weighMatch(build({ officeNamed: true, taken: true }))
  test.each([
    ['off', clear, false],
    ['off', unclear, false],
    ['weak', clear, false],
    ['weak', unclear, true],
    ['always', clear, true],
    ['always', unclear, true],
    ['always', named, false],
  ] as const)('[MAT-30] where the policy says %s', (review, weight, needed) => {
    expect(needsSecondLook(review, weight)).toBe(needed)
  })
})
