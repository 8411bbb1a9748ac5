import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'vouch-render-'
/** Nobody works for so long on one file; what is older was left by a process that was killed. */
const oldestMs = 3_600_000

/** A folder for strangers' files while they are worked on. It is gone afterwards, at the latest when the next one comes. */
export async function inWorkingFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await removeLeft()
  const folder = await mkdtemp(join(tmpdir(), prefix))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function removeLeft(): Promise<void> {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix))
  for (const folder of left.map((name) => join(tmpdir(), name))) {
    const changedMs = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    if (Date.now() - changedMs > oldestMs) await rm(folder, { recursive: true, force: true })
  }
}
