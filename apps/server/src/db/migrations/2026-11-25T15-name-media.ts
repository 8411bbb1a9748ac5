import { sql, type Kysely } from 'kysely'

/** What WeCom holds now was uploaded under the name of the newest piece of these bytes that is in force. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert ignore into named_media (file_hash, kind, file_name, media_id, uploaded_at, expires_at, wanted_at, tried_at,
      attempts, problem)
    select media.file_hash, media.kind,
      coalesce((select if(content_item.file_name = '', content_item.title, content_item.file_name) from content_item
        where content_item.file_hash = media.file_hash and content_item.state = 'approved'
        order by content_item.published_at desc, content_item.id desc limit 1), ''),
      media.media_id, media.uploaded_at, media.expires_at, media.wanted_at, media.tried_at, media.attempts,
      media.problem
    from media
  `.execute(db)
}
