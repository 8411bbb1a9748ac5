import * as z from 'zod/mini'
import * as s from './shapes.ts'

/** The API name of a document field; empty where there is none. */
const field = z.string().check(z.maxLength(60), z.regex(/^$|^[a-z][a-z0-9_]{0,55}__(?:v|c|sys|vs)$/))
const neededField = field.check(z.minLength(1))
const label = z.string().check(z.minLength(1), z.maxLength(120), z.regex(/^[^\n\r]+$/))
const labels = z.array(label).check(z.maxLength(50))
/** `value in the vault=what it is here`; the first that fits counts. */
const pairs = z.array(z.string().check(z.maxLength(200), z.regex(/^[^=\n\r]+=[^=\n\r]*$/))).check(z.maxLength(200))

/** How documents of the vault are read. Labels are those the vault delivers to our user, in that user's language. */
export const vaultMapping = {
  /** Documents are taken whose channel field holds one of the values, of these types or of any. */
  channelField: neededField,
  channelValues: labels.check(z.minLength(1)),
  documentTypes: z._default(labels, []),
  sendableStates: labels.check(z.minLength(1)),
  /** Withdrawn, expired, obsolete: what is published ends for good. */
  blockedStates: labels.check(z.minLength(1)),
  titleField: z._default(field, 'title__v'),
  cardTitleField: z._default(field, ''),
  cardDescField: z._default(field, ''),
  approvalNumberField: z._default(field, ''),
  productField: neededField,
  products: pairs,
  marketField: neededField,
  markets: pairs,
  languageField: neededField,
  languages: pairs,
  classField: neededField,
  classes: pairs,
  /** Specialties; a value that leads to nothing, `HCP=`, means all. */
  audienceField: z._default(field, ''),
  audiences: z._default(pairs, []),
  effectiveField: z._default(field, ''),
  expiryField: neededField,
  /** The day of the expiry field itself is still a day of use. */
  expiryInclusive: z._default(z.boolean(), false),
  withdrawalField: z._default(field, ''),
  rendition: z._default(neededField, 'viewable_rendition__v'),
  /** The copy with the vault's stamps. Where these carry a date, bytes differ at each download: then switch it off. */
  protectedRendition: z._default(z.boolean(), true),
  ways: z.array(s.messageKind).check(z.minLength(1), z.maxLength(6)),
  /** `signature meaning=step`, e.g. `Medical approval=medical`. */
  signatureMeanings: pairs.check(z.minLength(1)),
  /** Distinct people that must have signed. */
  approvers: z.int().check(z.minimum(1), z.maximum(5)),
  signatureDays: z._default(z.nullable(z.int().check(z.minimum(1), z.maximum(3_650))), null),
  /** Publications a minute above which a person must look. */
  brakePerMinute: z.int().check(z.minimum(0), z.maximum(1_000)),
}
export const vaultMappingShape = z.object(vaultMapping)
export type VaultMappingWords = z.output<typeof vaultMappingShape>
