import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** What can be asked, each with the columns of its table. */
export const reportKinds = [
  ...(['sends', 'refusals', 'reading', 'asks', 'standing', 'coverage', 'pressure', 'contacted'] as const),
] as const
export type ReportKind = (typeof reportKinds)[number]

const anything = [
  ...(['week', 'product', 'document', 'version', 'rep', 'hospital', 'specialty', 'territory'] as const),
] as const
export const reportDimensions = anything
export type ReportBy = (typeof anything)[number]

const ofDoctors = ['territory', 'specialty', 'hospital'] as const
/** By what each can be broken down; where there is nothing, its rows are given. */
export const reportBy: Record<ReportKind, readonly ReportBy[]> = {
  ...{ sends: anything, refusals: anything, reading: anything },
  asks: ['week', 'rep', 'hospital', 'specialty', 'territory'],
  ...{ standing: ofDoctors, coverage: ofDoctors },
  ...{ pressure: [], contacted: [] },
}

/** Figures on reading are kept back where they are about fewer doctors than this. */
export const fewestReaders = 5

const day = z.iso.date()
const code = z._default(z.string().check(z.maxLength(40), z.regex(/^[^\p{Cs}\p{Cc}]*$/u)), '')
const asked = {
  kind: z.enum(reportKinds),
  by: z._default(z.enum(anything), 'week'),
  /** Shanghai days, both included; at most 400 of them. */
  from: day,
  until: day,
  product: code,
  territory: code,
}

const named = z.object({ zh: z.string(), en: z.string() })
const row = z.object({
  /** Its id, code or day; empty where there is none. */
  member: z.string(),
  name: named,
  /** One for each column; null: kept back, or nothing to say. */
  values: z.array(z.nullable(z.number())),
  /** Too few doctors to tell what they read. */
  withheld: z.boolean(),
})
export type ReportRow = z.output<typeof row>

const report = z.object({
  columns: z.array(z.string()),
  rows: z.array(row),
  /** Over everything, not over the rows alone. */
  total: z.nullable(z.array(z.nullable(z.number()))),
  /** Rows that are not shown; the total has them. */
  more: z.number(),
  withheld: z.number(),
  /** Whatever became known until then is in the figures; null: nothing was counted yet. */
  countedUntil: z.nullable(z.coerce.date()),
})
export type Report = z.output<typeof report>

/** Figures that jobs have counted, for the territories of whoever asks. */
export const loadReport = endpoint({
  method: 'POST',
  path: '/api/console/reports',
  caller: 'console',
  input: z.strictObject(asked),
  output: report,
})

const choice = z.object({ code: z.string(), name: named })
/** What figures can be narrowed to. */
export const reportChoices = endpoint({
  method: 'POST',
  path: '/api/console/reports/choices',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ products: z.array(choice), territories: z.array(choice) }),
})

/** The table as it is shown, with what its numbers mean; who took it is on record. */
export const exportReport = endpoint({
  method: 'POST',
  path: '/api/console/reports/exports',
  caller: 'console',
  input: z.strictObject({
    ...asked,
    language: z.enum(['zh', 'en']),
    /** As `orderReport` takes it; empty: as the report comes. */
    order: z._default(z.string().check(z.maxLength(60), z.regex(/^(-?[\w:-]+)?$/)), ''),
  }),
  output: z.object({ csv: z.string(), rows: z.number(), cut: z.boolean() }),
})
