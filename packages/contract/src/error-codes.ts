/** Every error the server answers with, and its HTTP status. Refusals of a send are not errors. */
export const errorStatus = {
  bad_request: 400,
  bad_state: 400,
  foreign_url: 400,
  not_signed_in: 401,
  step_up_needed: 401,
  proof_needed: 401,
  not_staff: 403,
  wrong_origin: 403,
  bad_signature: 403,
  wrong_role: 403,
  four_eyes: 403,
  not_found: 404,
  contact_not_found: 404,
  content_not_found: 404,
  send_not_found: 404,
  upload_not_found: 404,
  account_not_found: 404,
  too_slow: 408,
  request_id_reused: 409,
  digest_mismatch: 409,
  already_matched: 409,
  account_taken: 409,
  link_not_live: 409,
  stale_revision: 409,
  content_frozen: 409,
  part_mismatch: 409,
  ticket_expired: 410,
  signing_over: 410,
  too_large: 413,
  not_json: 415,
  too_many_requests: 429,
  internal: 500,
  busy: 503,
  wecom_unavailable: 503,
  stopping: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

/** The body of every error answer. `field` names what was wrong in the request, `requestId` finds the log line. */
export type ErrorBody = { error: ErrorCode; requestId: string; field?: string; retryAfterMs?: number }
