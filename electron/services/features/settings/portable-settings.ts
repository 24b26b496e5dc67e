import * as z from 'zod';
import { settingsSchema, type Settings } from '../../../../shared/contract/settings.ts';
import type { PortablePart } from '../../resources/portable-part.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import type { SettingsFile } from '../../ports.ts';
import { readSettings } from './settings.service.ts';
import { pendingSettingsSpec } from './settings.stored.ts';

const names = ['theme', 'lockAfterMinutes'] as const satisfies readonly (keyof Settings)[];
type Name = (typeof names)[number];

/** One setting each, so that each can be chosen. */
const recordSchema = z.union([
  z.strictObject({ name: z.literal('theme'), value: settingsSchema.shape.theme }),
  z.strictObject({ name: z.literal('lockAfterMinutes'), value: settingsSchema.shape.lockAfterMinutes }),
]);
type SettingRecord = z.infer<typeof recordSchema>;

/**
 * The settings lie in a file of their own, which is not written together with the rest: what is taken waits in a
 * sealed document until it is there (`applyPendingSettings`).
 */
export function createPortableSettings(file: SettingsFile): PortablePart<SettingRecord> {
  return {
    name: 'settings',
    schema: recordSchema,
    count: () => Promise.resolve(names.length),
    async *records() {
      const settings = readSettings(file);
      yield { name: 'theme', value: settings.theme };
      yield { name: 'lockAfterMinutes', value: settings.lockAfterMinutes };
    },
    compare() {
      const settings = readSettings(file);
      return Promise.resolve({
        of({ name, value }: SettingRecord) {
          const mine = settings[name];
          return mine === value
            ? { kind: 'same' as const }
            : { kind: 'conflict' as const, key: name, what: name, mine: String(mine), theirs: String(value) };
        },
      });
    },
    gather() {
      const taken = new Map<Name, SettingRecord['value']>();
      return {
        take: ({ name, value }) => void taken.set(name, value),
        changes: () =>
          Promise.resolve(
            taken.size === 0
              ? []
              : [{ spec: pendingSettingsSpec, value: { version: 1, settings: Object.fromEntries(taken) } }],
          ),
      };
    },
  };
}

/** Puts the settings of an import in their place. Errors: AppError storage-fault, key-store-unavailable. */
export async function applyPendingSettings(
  storage: Pick<SealedStorage, 'document'>,
  update: (changes: Partial<Settings>) => unknown,
): Promise<void> {
  const document = storage.document(pendingSettingsSpec);
  const pending = await document.read();
  if (!pending) return;
  const { theme, lockAfterMinutes } = pending.settings;
  await update({ ...(theme !== undefined && { theme }), ...(lockAfterMinutes !== undefined && { lockAfterMinutes }) });
  await document.remove();
}
