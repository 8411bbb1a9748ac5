import { company, hospitals, products, repGroups, specialties, territories } from './company.ts'
import { consentTexts } from './consent-texts.ts'
import { consents } from './consents.ts'
import { accounts, contacts } from './doctors.ts'
import { mainDocuments } from './documents.ts'
import { buildHistory } from './history.ts'
import { moreDocuments } from './more-documents.ts'
import { otherPieces } from './other-pieces.ts'
import { people } from './people.ts'
import { pastRefusals, toldSends } from './sends.ts'
import type { World } from './world-types.ts'

const content = [...mainDocuments, ...moreDocuments, ...otherPieces]

/** The one cast of development, tests and the demo. */
export const world: World = {
  company,
  territories,
  specialties,
  products,
  repGroups,
  hospitals,
  people,
  accounts,
  contacts,
  consentTexts,
  consents,
  content,
  pastSends: [...toldSends, ...buildHistory(content)],
  pastRefusals,
  // A demo is looked at at any hour; quiet hours would block every send in the evening.
  policy: { quietFrom: 0, quietUntil: 0, matchReview: 'weak' },
  asks: [
    {
      externalUserId: 'wmDemoGaoShan',
      rep: 'wanglei',
      documentId: 'DOC-0420',
      at: { days: 0, hours: -5 },
      note: '想看 205 研究的亚组数据',
    },
    {
      externalUserId: 'wmDemoZhangWei',
      rep: 'wanglei',
      documentId: 'DOC-0417',
      at: { days: -1, at: '21:10' },
      note: '请发最新版',
    },
  ],
  favourites: [
    { rep: 'wanglei', documentId: 'DOC-0417' },
    { rep: 'wanglei', documentId: 'IMG-0101' },
    { rep: 'wanglei', documentId: 'PHR-0401' },
    { rep: 'lina', documentId: 'DOC-0388' },
  ],
}
