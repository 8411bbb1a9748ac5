import { computed, onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { call, endpoints, type Fault, faultOf, type ImportList } from '../api.ts'
import type { UploadPurpose } from '../upload-file.ts'

export type NamedFile = ImportList['files'][number]
/** What of a choice of files belongs to the list. */
export type Picked = {
  files: { file: File; purpose: UploadPurpose }[]
  /** Chosen files that the list does not name, and names under which two different files were chosen. */
  unnamed: number
  twice: string[]
}

/** A list that was uploaded, by the id in the address, and which of the files it names are here. */
export function useImportList(csvUploadId: Ref<string>) {
  const list = shallowRef<ImportList | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const loading = ref(false)
  let running: AbortController | undefined

  async function load(): Promise<void> {
    running?.abort()
    if (!csvUploadId.value) return
    const { signal } = (running = new AbortController())
    loading.value = true
    fault.value = null
    try {
      const found = await call(endpoints.lookAtList, { csvUploadId: csvUploadId.value }, { signal })
      if (!signal.aborted) list.value = found
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  watch(
    csvUploadId,
    () => {
      list.value = null
      void load()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => running?.abort())

  const missing = computed(() => list.value?.files.filter(({ stored }) => !stored) ?? [])
  return { list, missing, fault, loading, load }
}

/** Finds the files a list names among those that were chosen, whatever folder they lie in. */
export function pickNamed(named: readonly NamedFile[], chosen: readonly File[]): Picked {
  const byName = new Map<string, File[]>()
  for (const file of chosen) {
    const name = file.name.normalize('NFC')
    byName.set(name, [...(byName.get(name) ?? []), file])
  }
  const wanted = new Set(named.map(({ name }) => name))
  const twice = [...wanted].filter((name) => (byName.get(name)?.length ?? 0) > 1)
  const files = named.flatMap(({ name, purpose, stored }) => {
    const [file, other] = byName.get(name) ?? []
    return file && !other && !stored ? [{ file, purpose }] : []
  })
  const unnamed = chosen.filter((file) => !wanted.has(file.name.normalize('NFC'))).length
  return { files, unnamed, twice }
}
