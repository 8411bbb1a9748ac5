import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { RenditionError } from './rendition.ts'
import { runProgram } from './run-program.ts'

const wholeMs = 30_000

/**
 * Has one picture taken out of an inspected video by the ffmpeg that the operator installed; returns its path within
 * `folder`. Only H.264 in an MP4 is decoded and only that file is read. Throws RenditionError: `poster_not_installed`,
 * `too_slow`, `broken`.
 */
export async function videoPoster(
  ffmpeg: string | undefined,
  asked: { path: string; seconds: number; folder: string },
): Promise<string> {
  if (!ffmpeg) throw new RenditionError('poster_not_installed')
  const poster = join(asked.folder, 'poster.png')
  const at = asked.seconds > 2 ? ['-ss', '1'] : [] // many films begin in black
  const went = await runProgram({
    program: ffmpeg,
    args: [
      ...['-nostdin', '-v', 'error', '-threads', '1', '-protocol_whitelist', 'file', '-format_whitelist', 'mov'],
      ...['-codec_whitelist', 'h264', '-max_pixels', '12000000', ...at, '-f', 'mov', '-i', `file:${asked.path}`],
      ...['-map', '0:v:0', '-frames:v', '1', '-vf', "scale='min(1080,iw)':-2", '-c:v', 'png', '-f', 'image2'],
      ...['-update', '1', '-y', `file:${poster}`],
    ],
    folder: asked.folder,
    wholeMs,
  })
  if (went === 'not_installed') throw new RenditionError('poster_not_installed')
  if (went === 'too_slow') throw new RenditionError('too_slow')
  const made = await stat(poster).then(
    ({ size }) => size > 0,
    () => false,
  )
  if (went === 'failed' || !made) throw new RenditionError('broken')
  return poster
}
