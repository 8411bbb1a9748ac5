import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import PdfDocument from 'pdfkit'

const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '../fonts')

type Asked = {
  pages?: number
  password?: string
  ownerPassword?: string
  size?: [number, number]
  picture?: Buffer
  outline?: boolean
}

const sentences = [
  '本研究为随机、双盲、安慰剂对照的第三期临床研究，共入组六百一十二例患者。',
  '主要终点为总生存期，次要终点包括无进展生存期、客观缓解率与安全性。',
  '中位随访二十四个月时，联合治疗组的中位总生存期尚未达到，风险比为零点六八。',
  '常见不良反应为贫血、恶心与乏力，多数为一至二级，经对症处理后缓解。',
]

/** A PDF in Chinese as authors make them, with its font inside. Every page names itself: 第 2 页. */
export async function buildPdf({
  pages = 3,
  password,
  ownerPassword,
  size,
  picture,
  outline,
}: Asked = {}): Promise<Buffer> {
  const options = {
    size: size ?? 'A4',
    autoFirstPage: false,
    margin: 50,
    ...(password ? { userPassword: password } : {}),
    ...(ownerPassword ? { ownerPassword } : {}),
  }
  const document = new PdfDocument(options)
  const bytes = buffer(document)
  document.registerFont('cn', join(fonts, 'NotoSansHans-Regular.otf'))
  for (let page = 1; page <= pages; page += 1) {
    document.addPage().font('cn').fontSize(22).fillColor('#1a66d6').text(`示例研究摘要 第 ${page} 页`)
    if (outline) document.outline.addItem(`第 ${page} 章`).addItem(`第 ${page} 章第 1 节`)
    if (picture) document.image(picture, 50, 100, { width: 200 })
    if (size) continue
    const lines = Array.from({ length: 24 }, (_, nth) => sentences[(nth * 7 + page) % sentences.length])
    document.moveDown().fontSize(12).fillColor('#1f2937').text(lines.join(''), { lineGap: 6 })
  }
  document.end()
  return bytes
}
