import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import type * as z from 'zod';
import type { AccountDocumentsSpec } from '../../../electron/services/vault/account-documents.ts';
import type { DocumentSpec } from '../../../electron/services/vault/sealed-storage.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** What a `*.stored.ts` exports of what lies on the disk. */
interface Stored<T> {
  /** Of the export. */
  readonly name: string;
  /** Without folder. */
  readonly file: string;
  readonly value: T;
}

/** Everything that this app keeps, found in the sources: whoever adds a document need not think of the tests. */
export async function findStored(): Promise<{
  readonly documents: readonly Stored<DocumentSpec<z.ZodType>>[];
  /** Those that no spec names: of files in the clear, and of the ledger. */
  readonly schemas: readonly Stored<z.ZodType>[];
}> {
  const files = globSync('electron/**/*.stored.ts', { cwd: root }).toSorted();
  const exported = await Promise.all(files.map(exportsOf));
  const documents = exported.flat().flatMap(({ value, ...rest }) => {
    const spec = toDocumentSpec(value);
    return spec ? [{ ...rest, value: spec }] : [];
  });
  const named = new Set(documents.map(({ value }) => value.schema));
  const schemas = exported.flat().flatMap(({ value, ...rest }) => {
    return isSchema(value) && !named.has(value) ? [{ ...rest, value }] : [];
  });
  return { documents, schemas };
}

async function exportsOf(file: string): Promise<Stored<unknown>[]> {
  const module = (await import(join(root, file))) as Record<string, unknown>;
  return Object.entries(module).map(([name, value]) => ({ name, file: basename(file), value }));
}

/** Of one account, where each has its own. */
function toDocumentSpec(value: unknown): DocumentSpec<z.ZodType> | undefined {
  if (typeof value !== 'object' || value === null || !('schema' in value) || !('version' in value)) return undefined;
  if (!('prefix' in value)) return value as DocumentSpec<z.ZodType>;
  const { prefix, ...spec } = value as AccountDocumentsSpec<z.ZodType>;
  return { ...spec, name: `${prefix}-account-1.sealed`, account: 'account-1' };
}

function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && 'safeParse' in value;
}

/** Those that `schema` reads, by their numbers. */
export function versionsOf(schema: z.ZodType): readonly number[] {
  const { options } = schema as { options?: readonly z.ZodType[] };
  if (options) return options.flatMap(versionsOf);
  const { shape } = schema as { shape?: { version?: { values?: ReadonlySet<number> } } };
  return [...(shape?.version?.values ?? [])];
}
