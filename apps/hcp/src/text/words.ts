/** What every language must have: the same words and sentences, whatever they say. */
export type Words<T> = {
  readonly [K in keyof T]: T[K] extends (...given: infer G) => string
    ? (...given: G) => string
    : T[K] extends string
      ? string
      : Words<T[K]>
}
