/** The lines of a text that ends each with one `\n`; other signs that look like an end of line stay what they are. */
export async function* linesIn(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Uint8Array[] = []
  for await (const piece of source) {
    let from = 0
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      rest.push(piece.subarray(from, end))
      yield Buffer.concat(rest).toString('utf8')
      rest = []
      from = end + 1
    }
    if (from < piece.length) rest.push(piece.subarray(from))
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8')
}
