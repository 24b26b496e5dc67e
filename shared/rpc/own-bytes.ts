/**
 * A message in which every view has an ArrayBuffer of its own, and what wipes those. A structured clone copies whole
 * ArrayBuffers, and a small Buffer lies in Node's pool, beside whatever else was in one: tokens and secrets would cross
 * with it to the process that reads foreign files. Views that are one in the message are one in the copy.
 */
export function withOwnBytes<T>(message: T): { readonly message: T; wipe(): void } {
  const copies = new Map<Uint8Array, Uint8Array>();

  function copy(value: unknown): unknown {
    if (value instanceof Uint8Array) {
      const own = copies.get(value) ?? new Uint8Array(value);
      copies.set(value, own);
      return own;
    }
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each)]));
  }

  return {
    message: copy(message) as T,
    wipe() {
      for (const own of copies.values()) own.fill(0);
    },
  };
}

/** Overwrites every view in a message with zeros. */
export function wipeBytes(message: unknown): void {
  if (message instanceof Uint8Array) message.fill(0);
  else if (typeof message === 'object' && message !== null) Object.values(message).forEach(wipeBytes);
}
