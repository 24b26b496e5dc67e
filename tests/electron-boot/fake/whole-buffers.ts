import { Deserializer, Serializer } from 'node:v8';

// Messages between processes as Electron sends them: V8's structured clone, which copies each ArrayBuffer as a whole.
// Node's own channel between processes sends what a view shows alone, and would hide what else lies in its buffer.

/** Errors: DataCloneError for what cannot be cloned. */
export function pack(message: unknown): Buffer {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(message);
  return serializer.releaseBuffer();
}

export function unpack(packed: Uint8Array): unknown {
  const deserializer = new Deserializer(packed);
  deserializer.readHeader();
  return deserializer.readValue();
}

/** Bytes that crossed although no view of the message shows them. */
export function surplusOf(message: unknown): number {
  const shown = new Map<ArrayBufferLike, number>();
  const seen = new Set<object>();
  function walk(value: unknown): void {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value)) shown.set(value.buffer, (shown.get(value.buffer) ?? 0) + value.byteLength);
    else for (const inner of Object.values(value)) walk(inner);
  }
  walk(message);
  return [...shown].reduce((sum, [buffer, bytes]) => sum + Math.max(0, buffer.byteLength - bytes), 0);
}
