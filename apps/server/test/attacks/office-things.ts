import { randomUUID } from 'node:crypto'
import { contentName } from '../../src/files/file-names.ts'
import { localPrefix } from '../../src/people/local-people.ts'
import { newCodeSecret } from '../../src/people/local/one-time-codes.ts'
import { sha256 } from '../../src/secrets.ts'
import { buildAccount, buildPiece, buildRep, changePiece } from '../builders.ts'
import type { TestServer } from '../test-server.ts'

const csv = 'title\n甲\n'

/** What somebody in the office may have brought in: a file on its way, a list, a scan, and imports of the list. */
export async function buildUploads({ owner, deps }: TestServer, personId: string) {
  const at = deps.now()
  const [uploadId, csvUploadId, paperUploadId, importId] = [deps.newId(), deps.newId(), deps.newId(), deps.newId()]
  const csvHash = sha256(csv)
  await deps.files.put(contentName(csvHash), Buffer.from(csv))
  const life = { personId, problem: null, createdAt: at, endsAt: new Date(at.getTime() + 86_400_000) }
  const file = { ...life, bytes: 5, partBytes: 1, sha256: null, state: 'open' as const, fileHash: null }
  const stored = { ...file, state: 'stored' as const, fileHash: csvHash }
  const scan = { fileHash: csvHash, bytes: 5, mime: 'application/pdf', kind: 'pdf', storedAt: at, storedBy: personId }
  await owner.insertInto('storedFile').ignore().values(scan).execute()
  await owner
    .insertInto('upload')
    .values([
      { ...file, id: uploadId, purpose: 'content', fileName: 'a.pdf' },
      { ...stored, id: csvUploadId, purpose: 'import', fileName: 'a.csv' },
      { ...stored, id: paperUploadId, purpose: 'paper', fileName: 'scan.pdf' },
    ])
    .execute()
  const list = { id: importId, personId, uploadId: csvUploadId, csvHash, createdAt: at }
  await owner
    .insertInto('importRun')
    .values({ ...list, dry: 1, state: 'done', doneAt: at })
    .execute()
  const unreleased = { rowCount: 0, releasedBy: null, releasedAt: null, doneAt: null, requestId: randomUUID() }
  await owner
    .insertInto('consentImport')
    .values({ ...list, fileName: 'a.csv', stage: 'checked', ...unreleased })
    .execute()
  await owner
    .insertInto('accountImport')
    .values({ ...list, fileName: 'a.csv', stage: 'checked', ...unreleased, requestId: randomUUID() })
    .execute()
  return { uploadId, csvUploadId, paperUploadId, importId, sha256: csvHash, fileName: 'a.pdf', bytes: 5 }
}

/** Two records of one doctor, proposed as one, and two that were put together. */
export async function buildDoubles(server: TestServer, personId: string) {
  const at = server.deps.now()
  const [oneId, otherId] = [await buildAccount(server), await buildAccount(server)]
  const [survivorId, mergedId] = [await buildAccount(server), await buildAccount(server)]
  const goneId = await buildAccount(server, { mergedInto: survivorId, active: 0 })
  const open = { reasons: 'same_name', points: 30, foundAt: at, settled: null, settledBy: null, settledAt: null }
  await server.owner
    .insertInto('accountPair')
    .values({ oneId, otherId, ...open })
    .execute()
  const was = JSON.stringify({
    ...{ taken: {}, verified: null, pausedUntil: null, wish: null, merged: { active: true, externalId: null } },
  })
  const [mergeId, requestId] = [server.deps.newId(), randomUUID()]
  const undone = { undoneBy: null, undoneAt: null }
  await server.owner
    .insertInto('accountMerge')
    .values({
      id: mergeId,
      survivorId,
      mergedId: goneId,
      reason: '同一人',
      was,
      mergedBy: personId,
      mergedAt: at,
      requestId,
      ...undone,
    })
    .execute()
  return { otherId, survivorId, mergedId, mergeId, hospitalId: 'hospital-1', pairAccountId: oneId }
}

/** Signatures they have begun: under a piece, and under a text of consent. */
export async function buildSignings({ owner, deps }: TestServer, personId: string, contentItemId: string) {
  const at = deps.now()
  const [signingId, statementHash] = [deps.newId(), 'b'.repeat(64)]
  const signing = { id: signingId, personId, decision: 'approve' as const, meaning: '同意', statementHash }
  const life = { begunAt: at, endsAt: at, spentAt: null, outcome: null, sessionHash: statementHash }
  const piece = { contentItemId, step: 'medical' as const, renewsUntil: null, requestId: randomUUID() }
  await owner
    .insertInto('signing')
    .values({ ...signing, ...life, ...piece })
    .execute()
  await owner
    .insertInto('consentTextSigning')
    .values({ ...signing, ...life, version: 1, activeFrom: null, requestId: randomUUID() })
    .execute()
  return { signingId, statementHash }
}

/** A consent on paper that somebody else entered. */
export async function buildPaper(server: TestServer, accountId: string) {
  const { owner, deps } = server
  const paperId = deps.newId()
  const file = { fileHash: sha256(csv), fileName: 'scan.pdf', mime: 'application/pdf' }
  const entered = { enteredBy: await buildRep(server), enteredAt: deps.now(), settledBy: null, settledAt: null }
  await owner
    .insertInto('consentPaper')
    .values({
      ...{ id: paperId, accountId, purposes: 'receive', language: 'zh-CN', signedAt: deps.now(), stage: 'waiting' },
      ...{ ...file, ...entered, requestId: randomUUID() },
    })
    .execute()
  return { paperId }
}

/** A piece whose tags they changed with others, which can be taken back. */
export async function buildBulk({ owner, deps }: TestServer, personId: string, contentItemId: string) {
  const [bulkId, createdAt] = [deps.newId(), deps.now()]
  const bulk = { id: bulkId, personId, act: 'tag' as const, reason: '', createdAt, stoppedAt: null, doneAt: createdAt }
  await owner.insertInto('bulkAct').values(bulk).execute()
  const row = { bulkId, number: 1, contentItemId, revision: 1, outcome: 'done' as const, tagsBefore: '' }
  await owner
    .insertInto('bulkActRow')
    .values({ ...row, refusals: '[]', problem: '', settledAt: createdAt, tagsAfter: '肿瘤' })
    .execute()
  return { bulkId, contentItemIds: [contentItemId] }
}

/** A complaint of the doctor, and an answer to it. */
export async function buildHcpRequest(
  { owner, deps }: TestServer,
  { accountId, externalUserId }: { accountId: string; externalUserId: string },
) {
  const id = deps.newId()
  const undecided = { openFor: null, decidedBy: null, decidedAt: null, decisionId: null }
  await owner
    .insertInto('hcpRequest')
    .values({
      ...{ id, requestId: randomUUID(), receipt: `T${id.slice(-8)}`, kind: 'complaint', life: 'waiting' },
      ...{ accountId, externalUserId, filedAt: deps.now(), ...undecided },
    })
    .execute()
  return { hcpRequestId: id, answer: '已经核对' }
}

/** An adverse reaction that was reported. */
export async function buildSafetyReport({ owner, deps }: TestServer) {
  const [reportId, awareAt] = [deps.newId(), deps.now()]
  const words = { happened: '皮疹', product: '', occurred: '', seriousness: 'not_serious' as const, contact: '' }
  const unnamed = {
    identity: 'none' as const,
    externalUserId: null,
    accountId: null,
    sendId: null,
    contentItemId: null,
  }
  await owner
    .insertInto('safetyReport')
    .values({
      ...{ id: reportId, requestId: randomUUID(), bodyHash: sha256(reportId), receipt: `S${reportId.slice(-8)}` },
      ...{ ...words, ...unnamed, awareAt, language: 'zh-CN' },
    })
    .execute()
  const unseen = { ownerId: null, viewedAt: null, acknowledgedAt: null }
  await owner
    .insertInto('safetyTask')
    .values({ reportId, awareAt, nextAt: awareAt, ...unseen })
    .execute()
  return { reportId }
}

/** A script of one approved piece. */
export async function buildScript(server: TestServer, documentId: string): Promise<string> {
  const contentItemId = await buildPiece(server)
  await server.owner.insertInto('scriptPiece').values({ contentItemId, position: 1, documentId }).execute()
  await changePiece(server, contentItemId, { kind: 'script' })
  return contentItemId
}

/** A code that leads to this rep, as WeCom has it. */
export async function buildContactCode({ owner, deps }: TestServer, repId: string) {
  const [codeId, at] = [deps.newId(), deps.now()]
  const unmade = { errcode: null, pictureHash: null, toldRevision: 1, askedAt: null, runAt: null, endsAt: null }
  await owner
    .insertInto('contactCode')
    .values({
      ...{ ...unmade, id: codeId, requestId: randomUUID(), kind: 'event', ownOf: null, name: '展位' },
      ...{ language: 'zh-CN', style: null, skipVerify: 1, temporary: 0, codeDays: null, chatHours: null },
      ...{ fromMinute: null, untilMinute: null, revision: 1, life: 'refused', configId: null, endedAt: null },
      ...{ madeAt: at, checkedAt: at, createdBy: repId, createdAt: at },
    })
    .execute()
  await owner.insertInto('contactCodeRep').values({ codeId, repId, part: 'main', place: 0 }).execute()
  return { codeId, revision: 1, mainIds: [repId], backupIds: [], version: 0 }
}

/** Other words for the welcome that somebody else asked for, decided by nobody. */
export async function buildWelcomeChange(server: TestServer): Promise<string> {
  const [id, proposedBy] = [server.deps.newId(), await buildRep(server, { roles: ['compliance'] })]
  await server.owner
    .insertInto('welcomeChange')
    .values({
      ...{ id, requestId: randomUUID(), openMark: null, baseVersion: 0, wordingZh: '您好。', wordingEn: 'Hello.' },
      ...{ reason: '更短', proposedBy, proposedAt: server.deps.now(), version: null },
      ...{ decision: null, decidedBy: null, decidedAt: null },
    })
    .execute()
  return id
}

/** A proof that is under way in that session. */
export async function buildProof({ owner, deps }: TestServer, personId: string, cookie: string): Promise<string> {
  const sessionHash = sha256(cookie.split('=')[1]!)
  const [id, begunAt] = [deps.newId(), deps.now()]
  const open = { spentAt: null, outcome: null, refusedFor: null }
  await owner
    .insertInto('proof')
    .values({ id, personId, sessionHash, begunAt, endsAt: begunAt, ...open })
    .execute()
  return id
}

/** Makes somebody a local administrator by their user id, as the doors know them. */
export async function becomeLocal(owner: TestServer['owner'], personId: string): Promise<void> {
  const wecomUserId = `${localPrefix}${personId.toLowerCase()}`
  const local = { wecomUserId, wecomUserKey: wecomUserId }
  await owner.updateTable('person').set(local).where('id', '=', personId).execute()
}

/** Makes a session that of a local administrator. */
export async function makeLocal({ owner, deps }: TestServer, personId: string, cookie: string): Promise<void> {
  const tokenHash = sha256(cookie.split('=')[1]!)
  await owner.updateTable('session').set({ way: 'local' }).where('tokenHash', '=', tokenHash).execute()
  await becomeLocal(owner, personId)
  const login = { codeSealed: deps.secrets.seal(newCodeSecret()), codeStep: 0, setUpAt: deps.now() }
  await owner
    .insertInto('localLogin')
    .values({ personId, nameKey: personId, passwordHash: '', ...login, announcedUntil: deps.now() })
    .execute()
}

/** A passkey of theirs; nobody has the device. */
export async function buildPasskey({ owner, deps }: TestServer, personId: string): Promise<string> {
  const [id, credentialId] = [deps.newId(), randomUUID()]
  const never = { counter: 0, usedAt: null }
  await owner
    .insertInto('localPasskey')
    .values({ id, personId, credentialId, publicKey: '', name: '钥匙', addedAt: deps.now(), ...never })
    .execute()
  return id
}
