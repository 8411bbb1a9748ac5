/** Every value of a snapshot with its path, in its order: `consent.newest.textVersion`. JSON comes as text from MariaDB. */
export function valuesOf(kept: unknown): { name: string; value: string }[] {
  return flat(typeof kept === 'string' ? (JSON.parse(kept) as unknown) : kept, '')
}

function flat(value: unknown, path: string): { name: string; value: string }[] {
  if (value instanceof Date) return [{ name: path, value: value.toISOString() }]
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return [{ name: path, value: value.join(', ') }]
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([name, inner]) => flat(inner, path ? `${path}.${name}` : name))
  return path ? [{ name: path, value: value === null || value === undefined ? '-' : String(value) }] : []
}
