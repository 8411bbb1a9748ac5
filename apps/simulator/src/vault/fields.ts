import type { VaultSite } from './site.ts'

/** Properties of documents in the played vault; what ends in `__c` is this customer's own. */
export const properties = [
  ...['id', 'version_id', 'major_version_number__v', 'minor_version_number__v', 'document_number__v'],
  ...['global_id__sys', 'global_version_id__sys', 'external_id__v', 'name__v', 'title__v', 'description__v'],
  ...['type__v', 'subtype__v', 'classification__v', 'lifecycle__v', 'status__v', 'product__v', 'country__v'],
  ...['language__v', 'audience__c', 'channel__c', 'expiration_date__c', 'withdrawal_effective_date__c'],
  ...['approved_for_use_date__c', 'content_class__c', 'approval_code__c', 'card_text__c', 'may_forward__c'],
  ...['filename__v', 'format__v', 'size__v', 'pages__v', 'md5checksum__v', 'suppress_rendition__v', 'locked__v'],
  ...['binder__v', 'crosslink__v', 'document_creation_date__v', 'version_creation_date__v'],
  ...['version_modified_date__v', 'created_by__v', 'version_created_by__v', 'last_modified_by__v'],
]

const types: Record<string, string> = {
  ...{ expiration_date__c: 'Date', withdrawal_effective_date__c: 'Date', approved_for_use_date__c: 'Date' },
  ...{ version_modified_date__v: 'DateTime', version_creation_date__v: 'DateTime' },
  ...{ document_creation_date__v: 'DateTime', product__v: 'ObjectReference', country__v: 'ObjectReference' },
  ...{ id: 'id', size__v: 'Number', pages__v: 'Number', major_version_number__v: 'Number' },
  ...{ minor_version_number__v: 'Number', binder__v: 'Boolean', crosslink__v: 'Boolean', locked__v: 'Boolean' },
}

/** `GET /metadata/objects/documents/properties`: fields hidden from the user are simply absent. */
export function metadata(): Record<string, unknown> {
  return {
    responseStatus: 'SUCCESS',
    properties: properties.map((name) => ({
      name,
      type: types[name] ?? 'String',
      required: name === 'name__v' || name === 'status__v',
      ...{ repeating: ['product__v', 'country__v', 'language__v', 'channel__c'].includes(name) },
      ...{ editable: !/^(id|version_id|.*_number__v|global.*|.*_by__v)$/.test(name), hidden: false, queryable: true },
      ...(name.endsWith('__c') ? { shared: true, usedIn: [{ key: 'promotional_piece__c', type: 'type' }] } : {}),
    })),
  }
}

/** What a query may name: the properties, and whatever a document was given besides. */
export function knownFields(site: VaultSite): Set<string> {
  const known = new Set(properties)
  for (const { versions } of site.documents.values())
    for (const { fields } of versions) for (const name of Object.keys(fields)) known.add(name)
  return known
}
