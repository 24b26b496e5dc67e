/** Embeddings, overrides and isolates (UAX #9, section 2): in a name they would turn the text around it. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]/gu;
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** A value that stands inside another text, so that its direction stays its own: what `bdi` is to an element. */
export function isolate(value: string): string {
  const plain = value.replace(directionControls, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
