import type { CapturedStatement, ConsentCaptureFacts, ConsentDecision, ConsentRefusal } from './consent-types.ts'

/**
 * Whether a captured statement may be recorded; recording is always a new row. A no is never refused, whatever its
 * text version, age or channel: withdrawing must not be harder than giving. Each purpose is weighed by itself, and
 * saying the same again is fine.
 */
export function decideConsent(facts: ConsentCaptureFacts, now: Date): ConsentDecision {
  const { captured } = facts
  if (captured.statement !== 'opted_in') return { accepted: true }

  const refusals = [...checkChannel(captured), ...checkText(facts), ...checkCircumstances(captured, now)]
  return refusals.length === 0 ? { accepted: true } : { accepted: false, refusals }
}

/** A yes is the HCP's own: nobody passes one on for them. */
function checkChannel({ channel }: CapturedStatement): ConsentRefusal[] {
  return channel === 'rep_request' || channel === 'company' ? [{ reason: 'channel_not_allowed' }] : []
}

/**
 * On our pages only the text in force can be answered. Paper and imports may bring a yes to an earlier text: it is
 * recorded, and the send gate judges whether that text still counts.
 */
function checkText({ captured, ofThisPurpose, textVersion: active }: ConsentCaptureFacts): ConsentRefusal[] {
  const answered = captured.textVersion
  const answerable = broughtIn(captured) ? answered <= active : answered === active
  return answerable && ofThisPurpose ? [] : [{ reason: 'text_not_active', count: answered, limit: active }]
}

function checkCircumstances(captured: CapturedStatement, now: Date): ConsentRefusal[] {
  const refusals: ConsentRefusal[] = []
  if (captured.statedAt > now) refusals.push({ reason: 'stated_in_future' })
  if (!captured.recognised) refusals.push({ reason: 'hcp_not_recognised' })
  if (broughtIn(captured) && !captured.evidence) refusals.push({ reason: 'evidence_missing' })
  if (broughtIn(captured) && !captured.confirmed) refusals.push({ reason: 'not_confirmed' })
  return refusals
}

function broughtIn({ channel }: CapturedStatement): boolean {
  return channel === 'paper' || channel === 'import'
}
