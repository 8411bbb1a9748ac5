import { writeFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'

const paragraph =
  '本品单药或联合化疗用于局部晚期或转移性非小细胞肺癌的一线治疗，主要终点为无进展生存期，次要终点包括总生存期。'

/** A page dense with text, a table and a curve, as papers are; drawn here, so that it belongs to nobody. */
const paper = `<body style="margin:0;width:1080px;height:1527px;background:#fff;font:22px/1.7 'Noto Sans CJK SC'">
<div style="padding:90px 100px"><h1 style="font-size:44px">3. 疗效结果（示例）</h1><p>${paragraph.repeat(5)}</p>
<svg width="880" height="300"><path d="M0 290V10M0 290H880" stroke="#333" fill="none"/>
<path d="M0 20C120 30 160 120 300 150S560 230 880 240" stroke="#07803f" stroke-width="4" fill="none"/>
<path d="M0 20C90 60 130 190 260 220S520 270 880 275" stroke="#b3241b" stroke-width="4" fill="none"/></svg>
<table border="1" cellpadding="6" style="width:880px;border-collapse:collapse">${Array.from(
  { length: 8 },
  (_, row) =>
    `<tr>${Array.from({ length: 5 }, (_cell, column) => `<td>${(row * 7 + column * 13) % 90}.${column} %</td>`).join('')}</tr>`,
).join('')}</table><p>${paragraph.repeat(4)}</p></div></body>`

/** Writes the picture of one page in the three widths a reader asks for, and the placeholder; returns their sizes. */
export async function drawPictures(browser: Browser, folder: string): Promise<Record<number, number>> {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1527 } })
  await page.setContent(paper)
  const drawn = (await page.screenshot()).toString('base64')
  const sizes: Record<number, number> = {}
  for (const width of [24, 480, 720, 1080]) {
    const encoded = await page.evaluate(encode, { drawn, width })
    const bytes = Buffer.from(encoded.split(',')[1] ?? '', 'base64')
    writeFileSync(`${folder}/${width}.webp`, bytes)
    sizes[width] = bytes.length
  }
  await page.close()
  return sizes
}

/** Runs in the page. */
async function encode({ drawn, width }: { drawn: string; width: number }): Promise<string> {
  const image = new Image()
  image.src = `data:image/png;base64,${drawn}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = Math.round((width * image.height) / image.width)
  const context = canvas.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/webp', 0.72)
}
