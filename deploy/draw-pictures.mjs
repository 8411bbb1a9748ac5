/**
 * `node deploy/draw-pictures.mjs` draws the pictures of the set-up guide anew, in both languages. They are ours: they show
 * which menu, which field and which value, and look like nobody's product. A test holds the files against this.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pictures } from './wecom-steps.mjs'

const folder = fileURLToPath(new URL('pictures/', import.meta.url))
const [width, left, rowHeight] = [760, 28, 52]
const font = `font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"`

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function words(text, { x, y, size = 15, fill = '#1f2328', weight = 400, anchor = 'start' }) {
  const look = `font-size="${size}" fill="${fill}" font-weight="${weight}" text-anchor="${anchor}"`
  return `<text x="${x}" y="${y}" ${look}>${escaped(text)}</text>`
}

/** One line of a page: what it is called, what goes in, and the number that the guide speaks of. */
function row({ label, value, number, button }, at) {
  const y = 96 + at * rowHeight
  const box = button
    ? `<rect x="248" y="${y}" width="180" height="36" rx="6" fill="#0b5fff"/>${words(value, { x: 338, y: y + 24, fill: '#ffffff', anchor: 'middle' })}`
    : `<rect x="248" y="${y}" width="420" height="36" rx="6" fill="#ffffff" stroke="#8c959f"/>${words(value, { x: 262, y: y + 24 })}`
  const mark = number
    ? `<circle cx="706" cy="${y + 18}" r="15" fill="#b42318"/>${words(String(number), { x: 706, y: y + 23, fill: '#ffffff', weight: 700, anchor: 'middle' })}`
    : ''
  return `<g>${words(label, { x: left, y: y + 24, fill: '#424a53' })}${box}${mark}</g>`
}

/** A picture as SVG: the way through the menus above, the lines of the page below. */
export function draw({ way, rows }, language) {
  const height = 96 + rows.length * rowHeight + 20
  const said = rows.map(({ label, value }) => `${label[language]}: ${value[language]}`).join('; ')
  const path = way[language].join('  ›  ')
  const lines = rows.map((one, at) => row({ ...one, label: one.label[language], value: one.value[language] }, at))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ${font} role="img">`,
    `<title>${escaped(path)}</title><desc>${escaped(said)}</desc>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="#f6f8fa" stroke="#d0d7de"/>`,
    `<path d="M0.5 64h${width - 1}" stroke="#d0d7de"/>`,
    words(path, { x: left, y: 40, size: 17, weight: 600 }),
    ...lines,
    '</svg>\n',
  ].join('\n')
}

export const fileOf = (name, language) => `${name}.${language}.svg`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(folder, { recursive: true })
  for (const [name, picture] of Object.entries(pictures))
    for (const language of ['zh', 'en']) writeFileSync(`${folder}${fileOf(name, language)}`, draw(picture, language))
}
