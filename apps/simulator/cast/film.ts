import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { closeDocument, ink, openDocument, type Doc } from './press/paper.ts'
import { drawPages } from './press/picture.ts'
import { setText, type Style } from './press/typeset.ts'

const [width, height, rate, seconds] = [1280, 720, 24, 12]
const blue = '#1c4f91'
const tint = '#eaf1fa'
const big: Style = { size: 54, leading: 74, colour: ink.text, font: 'bold' }
const plain: Style = { size: 32, leading: 48, colour: ink.soft }

type Scene = { title: string; text: string; draw: (doc: Doc, t: number) => void }

/** Each scene lasts three seconds; `t` runs from 0 to 1 within it. */
const scenes: Scene[] = [
  { title: '静脉输注准备要点', text: '示例单抗注射液（虚构）· 12 秒', draw: drawVial },
  { title: '1  核对与复温', text: '核对姓名、批号、有效期；从 2–8 ℃ 取出，室温不超过 6 小时', draw: drawClock },
  { title: '2  稀释', text: '用 0.9% 氯化钠稀释至 1–10 mg/ml，轻轻翻转，不可振摇', draw: drawBag },
  { title: '3  输注与观察', text: '接 0.2–5 μm 滤器，30 分钟输完；首次观察 60 分钟', draw: drawDrip },
]

/** Makes the short film again: `node dist/cast/film.js cast/sources/infusion.mp4`. Needs ffmpeg; the result is committed. */
async function makeFilm(path: string): Promise<void> {
  const doc = openDocument([width, height], 'film')
  for (let frame = 0; frame < rate * seconds; frame += 1) drawFrame(doc, frame)
  const encoder = spawn('ffmpeg', encoderOptions(path), { stdio: ['pipe', 'ignore', 'inherit'] })
  for await (const { data } of drawPages(await closeDocument(doc), 1)) {
    if (!encoder.stdin.write(data)) await once(encoder.stdin, 'drain')
  }
  encoder.stdin.end()
  const [code] = await once(encoder, 'exit')
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}`)
}

function encoderOptions(path: string): string[] {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${width}x${height}`, '-r', String(rate), '-i', '-']
  const codec = [
    '-c:v',
    'libx264',
    '-profile:v',
    'main',
    '-pix_fmt',
    'yuv420p',
    '-crf',
    '26',
    '-preset',
    'slow',
    '-threads',
    '1',
  ]
  const plainFile = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-movflags', '+faststart']
  return ['-y', '-loglevel', 'error', ...input, ...codec, ...plainFile, path]
}

function drawFrame(doc: Doc, frame: number): void {
  const length = (rate * seconds) / scenes.length
  const nth = Math.floor(frame / length)
  const scene = scenes[nth]
  if (!scene) return
  const t = (frame % length) / length
  doc.addPage()
  doc.rect(0, 0, width, height).fill(ink.paper)
  doc.rect(0, 0, 480, height).fill(tint)
  scene.draw(doc, t)
  const rise = 24 * (1 - Math.min(1, t * 5)) ** 2
  const below = setText(doc, scene.title, 560, 230 + rise, 640, big)
  setText(doc, scene.text, 560, below + 18 + rise, 640, plain)
  setText(doc, '示例药业 · 批准号 CN-2026-1201 · 演示资料，药品与数据均为虚构', 560, 640, 680, {
    ...plain,
    size: 20,
    leading: 30,
  })
  const done = (frame + 1) / (rate * seconds)
  doc.rect(0, height - 10, width * done, 10).fill(blue)
}

function drawVial(doc: Doc, t: number): void {
  const y = 180 - Math.sin(t * Math.PI) * 12
  doc.roundedRect(180, y + 60, 120, 250, 18).fill(ink.paper)
  doc
    .roundedRect(180, y + 60, 120, 250, 18)
    .lineWidth(5)
    .stroke(blue)
  doc.rect(204, y + 20, 72, 42).fill(blue)
  doc.rect(184, y + 130, 112, 100).fill(blue)
  setText(doc, '示例单抗', 184, y + 152, 112, {
    ...plain,
    size: 22,
    leading: 30,
    colour: ink.paper,
    font: 'bold',
    align: 'center',
  })
  setText(doc, '100 mg', 184, y + 184, 112, { ...plain, size: 20, leading: 28, colour: ink.paper, align: 'center' })
}

function drawClock(doc: Doc, t: number): void {
  doc.circle(240, 350, 130).fill(ink.paper)
  doc.circle(240, 350, 130).lineWidth(8).stroke(blue)
  const angle = -Math.PI / 2 + t * Math.PI
  doc
    .moveTo(240, 350)
    .lineTo(240 + 95 * Math.cos(angle), 350 + 95 * Math.sin(angle))
    .lineWidth(8)
    .lineCap('round')
    .stroke(blue)
  doc.moveTo(240, 350).lineTo(240, 290).lineWidth(8).stroke(blue)
  setText(doc, `${Math.round(t * 6)} 小时`, 140, 500, 200, {
    ...big,
    size: 40,
    leading: 60,
    align: 'center',
    colour: blue,
  })
}

function drawBag(doc: Doc, t: number): void {
  doc.save().rotate(Math.sin(t * Math.PI * 2) * 24, { origin: [240, 200] })
  doc.roundedRect(150, 200, 180, 260, 30).fill(ink.paper)
  doc.rect(155, 300, 170, 130).fill('#b9d2ee')
  doc.roundedRect(150, 200, 180, 260, 30).lineWidth(6).stroke(blue)
  doc.rect(225, 460, 30, 40).fill(blue)
  doc.restore()
}

function drawDrip(doc: Doc, t: number): void {
  doc.roundedRect(160, 90, 160, 170, 26).fillAndStroke('#b9d2ee', blue)
  doc.rect(232, 260, 16, 60).fill(blue)
  doc.roundedRect(205, 320, 70, 130, 14).lineWidth(5).stroke(blue)
  doc.rect(210, 410, 60, 36).fill('#b9d2ee')
  const fall = (t * 6) % 1
  doc.circle(240, 332 + fall * 74, 7).fill(blue)
  doc.rect(236, 450, 8, 60).fill(blue)
  doc.roundedRect(206, 510, 68, 34, 8).fill(blue)
  setText(doc, '滤器', 206, 512, 68, { ...plain, size: 20, leading: 30, colour: ink.paper, align: 'center' })
  doc.rect(236, 544, 8, 90).fill(blue)
}

await makeFilm(resolve(process.argv[2] ?? 'infusion.mp4'))
