import type { VaultAnswer, VaultRequest } from './answer.ts'
import { noRight, VaultError } from './errors.ts'
import {
  findVersion,
  newestOf,
  visibleDocuments,
  type VaultDocument,
  type VaultSite,
  type VaultVersion,
} from './site.ts'
import { valueOf } from './vql-run.ts'

const viewable = 'viewable_rendition__v'

/** `GET /objects/documents/{id}`: the newest version; here `renditions` is an object. */
export function retrieve(site: VaultSite, request: VaultRequest, [id = '']: string[]): VaultAnswer {
  const document = load(site, id)
  const version = newestOf(document)
  if (!version) throw noRight()
  const url = `${request.host}${request.base}/objects/documents/${document.id}`
  return {
    body: {
      responseStatus: 'SUCCESS',
      document: fieldsOf(document, version),
      renditions: version.renditionReady ? { [viewable]: `${url}/renditions/${viewable}` } : {},
      versions: versionLinks(document, url),
      attachments: [],
    },
  }
}

/** One version; here `renditions` is an array that holds one object. */
export function retrieveVersion(site: VaultSite, request: VaultRequest, parts: string[]): VaultAnswer {
  const { document, version } = loadVersion(site, parts)
  const url = `${request.host}${request.base}/objects/documents/${document.id}`
  const link = `${url}/versions/${version.major}/${version.minor}/renditions/${viewable}`
  return {
    body: {
      responseStatus: 'SUCCESS',
      document: fieldsOf(document, version),
      renditions: version.renditionReady ? [{ [viewable]: link }] : [],
      versions: versionLinks(document, url),
      attachments: [],
    },
  }
}

export function listVersions(site: VaultSite, request: VaultRequest, [id = '']: string[]): VaultAnswer {
  const document = load(site, id)
  const url = `${request.host}${request.base}/objects/documents/${document.id}`
  return { body: { responseStatus: 'SUCCESS', versions: versionLinks(document, url) } }
}

/** `renditionTypes` names what may be; `renditions` only what is there by now. */
export function listRenditions(site: VaultSite, request: VaultRequest, parts: string[]): VaultAnswer {
  const { document, version } = loadVersion(site, parts)
  const path = `${request.base}/objects/documents/${document.id}/versions/${version.major}/${version.minor}`
  const renditions = version.renditionReady ? { [viewable]: `${request.host}${path}/renditions/${viewable}` } : {}
  return { body: { responseStatus: 'SUCCESS', renditionTypes: [viewable, 'imported_rendition__c'], renditions } }
}

/** Bytes, or the envelope with HTTP 200 when there is no rendition yet (1.5). */
export function rendition(site: VaultSite, _request: VaultRequest, parts: string[]): VaultAnswer {
  const { version } = loadVersion(site, parts)
  if (parts[3] !== viewable) throw new VaultError('INVALID_DATA', 'No such rendition type.')
  if (!version.renditionReady) throw new VaultError('UNEXPECTED_ERROR', 'Rendition not ready.', { status: 'FAILURE' })
  return { bytes: version.rendition, type: 'application/octet-stream;charset=UTF-8', fileName: 'viewable.pdf' }
}

export function sourceFile(site: VaultSite, _request: VaultRequest, parts: string[]): VaultAnswer {
  const { version } = loadVersion(site, parts)
  const fileName = String(version.fields['filename__v'])
  return { bytes: version.source, type: 'application/octet-stream;charset=UTF-8', fileName }
}

/** No relationships are played. */
export function relationships(site: VaultSite, _request: VaultRequest, parts: string[]): VaultAnswer {
  loadVersion(site, parts)
  const rest = { responseMessage: null, errorCodes: null, relationships: [], errorType: null }
  return { body: { responseStatus: 'SUCCESS', ...rest } }
}

function load(site: VaultSite, id: string): VaultDocument {
  const document = visibleDocuments(site).find((one) => one.id === Number(id))
  if (!document) throw noRight() // permission lost and not there at all are the same answer
  return document
}

function loadVersion(site: VaultSite, [id = '', major = '', minor = '']: string[]) {
  const version = findVersion(site, Number(id), Number(major), Number(minor))
  if (!version) throw noRight()
  return { document: load(site, id), version }
}

function fieldsOf(document: VaultDocument, version: VaultVersion): Record<string, unknown> {
  const own = ['id', 'version_id', 'major_version_number__v', 'minor_version_number__v']
  const given = Object.fromEntries(own.map((field) => [field, valueOf({ document, version }, field)]))
  const groups = { owner__v: { groups: [], users: [30_402] }, viewer__v: { groups: [1402], users: [] } }
  return { ...given, ...version.fields, ...groups, annotations_all__v: 0 }
}

function versionLinks({ versions }: VaultDocument, url: string): { number: string; value: string }[] {
  return versions
    .toSorted((a, b) => a.major - b.major || a.minor - b.minor)
    .map(({ major, minor }) => ({ number: `${major}.${minor}`, value: `${url}/versions/${major}/${minor}` }))
}
