/** The lifecycle of the played vault. Labels are what the API delivers; a customer names both freely. */
export const states = [
  { name: 'draft__c', label: 'Draft', type: null },
  { name: 'in_review__c', label: 'In Review', type: null },
  { name: 'approved_for_distribution__c', label: 'Approved for Distribution', type: 'steady' },
  { name: 'superseded__c', label: 'Superseded', type: 'superseded' },
  { name: 'withdrawn__c', label: 'Withdrawn', type: 'obsolete' },
  { name: 'expired__c', label: 'Expired', type: 'obsolete' },
  { name: 'obsolete__c', label: 'Obsolete', type: 'obsolete' },
  { name: 'deleted__c', label: 'Deleted', type: 'deleted' },
] as const

export const approvedLabel = 'Approved for Distribution'

/** The state functions of VQL and the state type each stands for. */
export const stateFunctions: Record<string, string> = {
  'STEADYSTATE()': 'steady',
  'SUPERSEDEDSTATE()': 'superseded',
  'OBSOLETESTATE()': 'obsolete',
  'DELETEDSTATE()': 'deleted',
}

export const stateOf = (label: unknown) => states.find((state) => state.label === label)

/** API names of fields that come as labels, for TONAME. */
export function nameOfLabel(field: string, label: unknown): unknown {
  if (field === 'status__v') return stateOf(label)?.name ?? label
  if (typeof label !== 'string') return label
  return `${label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')}__c`
}
