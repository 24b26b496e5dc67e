import { AppError } from '../../../shared/contract/errors.ts';

/** What is held of an account, part by part: each asks as the screens do. */
export type DataParts = Readonly<Record<string, (connectionId: string) => unknown>>;

/** Everything held for an account; a part that its provider does not have, or does not give now, is named with the reason. */
export async function collectData(parts: DataParts, connectionId: string): Promise<Record<string, unknown>> {
  const missing: { part: string; code: string }[] = [];
  const data: Record<string, unknown> = {};
  for (const [part, ask] of Object.entries(parts)) {
    try {
      data[part] = await ask(connectionId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      missing.push({ part, code: error.code });
    }
  }
  return { ...data, missing };
}
