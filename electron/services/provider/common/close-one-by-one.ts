import { AppError } from '../../../../shared/contract/errors.ts';
import type { OpenSession } from '../account-sessions.ts';

/** Of these the reason is not the session that was to be closed: the rest need not be tried. */
const concernsAll = ['offline', 'unauthenticated', 'reauth-required', 'forbidden', 'rate-limited'];

/** `closeSessions` of the port, for a service that ends one session a request. */
export async function closeOneByOne(
  ids: readonly string[],
  close: (id: string) => Promise<unknown>,
): Promise<OpenSession[]> {
  const open: OpenSession[] = [];
  for (const id of ids) await close(id).catch((error: unknown) => void open.push({ id, error: toRowError(error) }));
  return open;
}

function toRowError(error: unknown): OpenSession['error'] {
  if (!(error instanceof AppError) || concernsAll.includes(error.code)) throw error;
  return error.toShape();
}
