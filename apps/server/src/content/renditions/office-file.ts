import { mkdir, stat, writeFile, copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { renditionCaps, RenditionError } from './rendition.ts'
import { runProgram } from './run-program.ts'

const wholeMs = 120_000

/** LibreOffice runs no macro, follows no link and asks nobody, whatever a document wishes. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
`

/**
 * Has an inspected PPTX or DOCX made into a PDF by the LibreOffice that the operator installed; returns its path within
 * `folder`. Throws RenditionError: `office_not_installed`, `too_slow`, `broken`.
 */
export async function officeToPdf(
  soffice: string | undefined,
  asked: { format: 'docx' | 'pptx'; path: string; folder: string; wholeMs?: number },
): Promise<string> {
  if (!soffice) throw new RenditionError('office_not_installed')
  const profile = join(asked.folder, 'profile')
  await mkdir(join(profile, 'user'), { recursive: true })
  await writeFile(join(profile, 'user/registrymodifications.xcu'), settings)
  const given = join(asked.folder, `given.${asked.format}`)
  await copyFile(asked.path, given)
  const went = await runProgram({
    program: soffice,
    args: [
      ...['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard'],
      ...[
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        '--convert-to',
        'pdf',
        '--outdir',
        asked.folder,
        given,
      ],
    ],
    folder: asked.folder,
    wholeMs: asked.wholeMs ?? wholeMs,
  })
  if (went === 'not_installed') throw new RenditionError('office_not_installed')
  if (went === 'too_slow') throw new RenditionError('too_slow')
  const made = join(asked.folder, 'given.pdf')
  const bytes = await stat(made).then(
    ({ size }) => size,
    () => 0,
  )
  if (went === 'failed' || bytes === 0) throw new RenditionError('broken') // it says 0 for what it could not read, too
  if (bytes > renditionCaps.fileBytes) throw new RenditionError('too_large')
  return made
}
