import { join } from 'node:path';

/**
 * Every Node process that is started from now on finds what V8 compiled in the one before: the same programs are
 * started some hundred times. Beside what `makeOnce` keeps, and deleted with it.
 */
export function keepCompiledCode(): void {
  process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '..', '..', '.cache', 'made', 'compiled');
}
