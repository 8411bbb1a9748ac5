import { createPool } from 'mysql2/promise'

export type Row = Record<string, unknown>
export type Records = ReturnType<typeof openRecords>

/** What the product remembers, read by the owner of the database; written only to prepare a journey. */
export function openRecords(owner: string) {
  const url = new URL(owner)
  const socketPath = url.searchParams.get('socketPath')
  const pool = createPool({
    ...(socketPath ? { socketPath } : { host: url.hostname, port: Number(url.port || 3306) }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    timezone: 'Z',
    connectionLimit: 2,
  })

  async function rows(sql: string, values: unknown[] = []): Promise<Row[]> {
    const [found] = await pool.query(sql, values)
    return Array.isArray(found) ? (found as Row[]) : []
  }

  async function insert(table: string, row: Row): Promise<void> {
    await pool.query('insert into ?? set ?', [table, row])
  }

  /** Every attempt for a contact since the journey began, oldest first. Ids begin with their time. */
  async function sendsTo(externalUserId: string, since: Date): Promise<Row[]> {
    const sql = 'select * from send where external_user_id = ? and decided_at >= ? order by id'
    return rows(sql, [externalUserId, since])
  }

  /** Kinds of the facts of a send, such as `A H K`, in the order of the alphabet. */
  async function facts(sendId: unknown): Promise<string> {
    const found = await rows('select distinct kind from fact where send_id = ? order by kind', [sendId])
    return found.map(({ kind }) => kind).join(' ')
  }

  async function visits(sendId: unknown): Promise<unknown[]> {
    const found = await rows('select visitor from link_visit where send_id = ? order by visited_at, id', [sendId])
    return found.map(({ visitor }) => visitor)
  }

  /** Events of the audit trail about one subject, oldest first. */
  async function audit(subjectId: unknown): Promise<unknown[]> {
    const found = await rows('select event from audit_entry where subject_id = ? order by at, id', [subjectId])
    return found.map(({ event }) => event)
  }

  return { rows, insert, sendsTo, facts, visits, audit, close: () => pool.end() }
}
