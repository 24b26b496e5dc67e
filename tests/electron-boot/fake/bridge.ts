import { types } from 'node:util';

// What contextBridge does to all that crosses between preload and page: copied deep and frozen, functions and promises
// by stand-ins.

/** Errors: for what cannot cross, a Proxy among it (Vue's reactive objects are some). */
export function crossing(value: unknown): unknown {
  if (types.isProxy(value)) throw new Error('An object could not be cloned.');
  if (typeof value === 'function')
    return (...args: unknown[]) => crossing(Reflect.apply(value, undefined, args.map(crossing)));
  if (value instanceof Promise) return value.then(crossing);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || value instanceof Date || value instanceof Error) return structuredClone(value);
  if (Array.isArray(value)) return Object.freeze(value.map(crossing));
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, crossing(inner)])));
}
