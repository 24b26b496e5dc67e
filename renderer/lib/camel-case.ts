/** `not-found` as `notFound`. */
export type CamelCase<S extends string> = S extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : S;

/** Turns a code of the contract into the name of its text; one without a text does not compile. */
export function camelCase<S extends string>(words: S): CamelCase<S> {
  return words.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase()) as CamelCase<S>;
}
