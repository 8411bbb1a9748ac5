/** A style as it travels: without comments and line breaks. The build weighs the same that a page carries. */
export function packStyle(source: string): string {
  return source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
}
