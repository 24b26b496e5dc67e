/** Made at the first use and kept. Formatters cost milliseconds each, and the first screen needs hardly any. */
export function whenNeeded<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
