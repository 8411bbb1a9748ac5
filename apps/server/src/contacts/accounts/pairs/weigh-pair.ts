import type { PairReason } from '@vouch/contract'

export type Compared = {
  id: string
  name: string
  nameSound: string
  hospitalId: string
  department: string
  title: string
  licenceNumber: string | null
}

const points: Record<PairReason, number> = {
  ...{ same_licence: 60, same_name: 30, same_sound: 15, same_department: 10, same_title: 5 },
}

/**
 * Why two accounts may be one doctor, most telling first; null when nothing says so. Two licences that differ are two
 * doctors, whatever they are called: one name twice in a hospital is common.
 */
export function weighPair(one: Compared, other: Compared): { reasons: PairReason[]; points: number } | null {
  const licences = [one.licenceNumber, other.licenceNumber]
  const bothKnown = licences.every(Boolean)
  const sameLicence = bothKnown && licences[0] === licences[1]
  if (bothKnown && !sameLicence) return null
  const sameHospital = one.hospitalId === other.hospitalId
  const sameName = plain(one.name) === plain(other.name)
  const sameSound = one.nameSound !== '' && one.nameSound === other.nameSound
  const alike = sameHospital && (sameName || sameSound)
  if (!sameLicence && !alike) return null
  const reasons: PairReason[] = [
    ...(sameLicence ? (['same_licence'] as const) : []),
    ...(alike ? [sameName ? ('same_name' as const) : ('same_sound' as const)] : []),
    ...(sameHospital && one.department === other.department ? (['same_department'] as const) : []),
    ...(one.title !== '' && one.title === other.title ? (['same_title'] as const) : []),
  ]
  return { reasons, points: reasons.reduce((sum, reason) => sum + points[reason], 0) }
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s·.]/g, '')
    .toLowerCase()
