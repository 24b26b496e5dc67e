import type { ExportPart } from '../../../../shared/contract/account/deletion.ts';
import { AppError } from '../../../../shared/contract/errors.ts';

/** What is held of an account, part by part: each asks as the screens do. */
export type DataParts = Readonly<Record<ExportPart, (accountId: string) => unknown>>;

export interface CollectedData {
  /** The parts, and under `missing` which are not there, each with the code of its error. */
  readonly data: Record<string, unknown>;
  /** Parts that the provider has and did not give now; what it does not have at all is not missed. */
  readonly missing: readonly ExportPart[];
}

/** Everything held for an account. Errors: whatever is no AppError. */
export async function collectData(parts: DataParts, accountId: string): Promise<CollectedData> {
  const failed: { part: ExportPart; code: string }[] = [];
  const data: Record<string, unknown> = {};
  for (const [part, ask] of Object.entries(parts) as [ExportPart, DataParts[ExportPart]][]) {
    try {
      data[part] = await ask(accountId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ part, code: error.code });
    }
  }
  const missing = failed.filter(({ code }) => code !== 'not-offered').map(({ part }) => part);
  return { data: { ...data, missing: failed }, missing };
}
