import * as z from 'zod';
import { settingsSchema, type Settings } from '../../../../shared/contract/settings.ts';
import type { Comparison, PortablePart } from '../../resources/portable-part.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import type { SettingsFile } from '../../ports.ts';
import { readSettings } from './settings.service.ts';
import { isWeaker } from './is-weaker.ts';
import { pendingSettingsSpec, storedSettingsSchema } from './settings.stored.ts';

type Name = keyof Settings;
const names = Object.keys(settingsSchema.shape) as Name[];

const changesSchema = settingsSchema.partial();

/** One setting each, so that each can be chosen. */
const recordSchema = z
  .strictObject({ name: settingsSchema.keyof(), value: z.unknown() })
  .refine(({ name, value }) => settingsSchema.shape[name].safeParse(value).success, 'no value of it');
type SettingRecord = z.infer<typeof recordSchema>;

/**
 * The settings lie in a file of their own, which is not written together with the rest: what is taken waits in a
 * sealed document until it is there (`applyPendingSettings`).
 */
export function createPortableSettings(file: SettingsFile): PortablePart<SettingRecord> {
  return {
    name: 'settings',
    schema: recordSchema,
    keyOf: ({ name }) => name,
    count: () => Promise.resolve(names.length),
    async *records() {
      const settings = readSettings(file);
      for (const name of names) yield { name, value: settings[name] };
    },
    compare() {
      const settings = readSettings(file);
      // Where the person never changed one, nothing of theirs is in the way.
      const chosen = storedSettingsSchema.safeParse(file.read()).data ?? {};
      return Promise.resolve({
        of: ({ name, value }) => compare(name, settings[name], value, chosen[name] !== undefined),
      });
    },
    gather() {
      const taken = new Map<Name, unknown>();
      return {
        take: ({ name, value }) => void taken.set(name, value),
        changes: () => {
          const value = { version: 1, settings: Object.fromEntries(taken) };
          return Promise.resolve(taken.size === 0 ? [] : [{ spec: pendingSettingsSpec, value }]);
        },
      };
    },
  };
}

function compare(name: Name, mine: unknown, theirs: unknown, isChosen: boolean): Comparison {
  if (mine === theirs) return { kind: 'same' };
  const weaker = isWeaker(name, mine, theirs);
  // A default protects this computer too: a file takes that away after a question alone.
  if (!isChosen && !weaker) return { kind: 'fresh' };
  // The file is read again to be taken over: a yes is one to the value that was shown.
  const key = `${name} ${String(theirs)}`;
  return { kind: 'conflict', key, what: name, mine: String(mine), theirs: String(theirs), isWeaker: weaker };
}

/** Puts the settings of an import in their place. Errors: AppError storage-fault, key-store-unavailable. */
export async function applyPendingSettings(
  storage: Pick<SealedStorage, 'document'>,
  update: (changes: z.infer<typeof changesSchema>) => unknown,
): Promise<void> {
  const document = storage.document(pendingSettingsSpec);
  const pending = await document.read();
  if (!pending) return;
  await update(changesSchema.parse(JSON.parse(JSON.stringify(pending.settings))));
  await document.remove();
}
