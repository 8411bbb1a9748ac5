import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../test/test-server.ts'
import { appendOnly, erasable } from './migrate.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Tables, columns and nullability as schema.ts and the files of its rooms say them. */
function written(): Map<string, Map<string, boolean>> {
  const types = new Map<string, ts.TypeLiteralNode>()
  const folder = new URL('./tables/', import.meta.url)
  for (const path of [
    new URL('./schema.ts', import.meta.url),
    ...readdirSync(folder).map((name) => new URL(name, folder)),
  ])
    ts.createSourceFile(path.href, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true).forEachChild((node) => {
      if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) types.set(node.name.text, node.type)
    })
  const tables = types.get('Database')?.members.filter(ts.isPropertySignature) ?? []
  return new Map(
    tables.map((table) => {
      const columns = types.get(table.type?.getText() ?? '')?.members.filter(ts.isPropertySignature) ?? []
      return [
        snake(table.name.getText()),
        new Map(columns.map((column) => [snake(column.name.getText()), /\bnull\b/.test(column.type?.getText() ?? '')])),
      ]
    }),
  )
}

describe('the structure', () => {
  it('schema.ts and the migrated database are the same, column by column', async () => {
    const rows = await sql<{ tableName: string; columnName: string; nullable: string }>`
      select table_name as table_name, column_name as column_name, is_nullable as nullable from information_schema.columns
      where table_schema = database() and table_name not like 'kysely%'`.execute(server.owner)
    const real = new Map<string, Map<string, boolean>>()
    for (const { tableName, columnName, nullable } of rows.rows) {
      real.set(tableName, (real.get(tableName) ?? new Map<string, boolean>()).set(columnName, nullable === 'YES'))
    }
    const plain = (tables: Map<string, Map<string, boolean>>) =>
      Object.fromEntries([...tables].sort().map(([table, columns]) => [table, Object.fromEntries([...columns].sort())]))
    expect(plain(written())).toEqual(plain(real))
  })

  it('every text column compares by its bytes', async () => {
    const { rows } = await sql<{ columnName: string }>`
      select column_name as column_name from information_schema.columns
      where table_schema = database() and collation_name is not null and collation_name not like '%\_bin'`.execute(
      server.owner,
    )
    expect(rows.filter((row) => !['timestamp', 'name', 'id'].includes(row.columnName))).toEqual([])
  })

  it.each(appendOnly)('the application’s account cannot change or remove rows of %s', async (table) => {
    const column = (
      await sql<{
        name: string
      }>`select column_name as name from information_schema.columns where table_schema = database() and table_name = ${table} limit 1`.execute(
        server.owner,
      )
    ).rows[0]!.name
    await expect(
      sql`update ${sql.id(table)} set ${sql.id(column)} = ${sql.id(column)}`.execute(server.db),
    ).rejects.toMatchObject({ errno: 1142 })
    await expect(sql`delete from ${sql.id(table)}`.execute(server.db)).rejects.toMatchObject({ errno: 1142 })
    await expect(sql`truncate table ${sql.id(table)}`.execute(server.db)).rejects.toMatchObject({ errno: 1142 })
  })

  it.each(erasable)(
    'the application’s account may remove rows of %s for whom they are about, and change none',
    async (table) => {
      await expect(sql`update ${sql.id(table)} set visible_ms = 1`.execute(server.db)).rejects.toMatchObject({
        errno: 1142,
      })
      await sql`delete from ${sql.id(table)} where send_id = 'nobody'`.execute(server.db)
      await expect(sql`truncate table ${sql.id(table)}`.execute(server.db)).rejects.toMatchObject({ errno: 1142 })
    },
  )
})
