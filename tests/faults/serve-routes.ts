import type { IncomingMessage } from 'node:http';
import type { ProfileReading } from '../../electron/services/provider/provider.ts';
import { profileSnapshotSchema, type ProfileSnapshot } from '../../shared/contract/account/profile.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { serveHttp, type FaultServer, type Handler } from './fault-server.ts';

export interface RouteServer extends FaultServer {
  /** In the order in which they came. */
  readonly requests: readonly IncomingMessage[];
}

/** A service of which each route is named by method and path, like `GET /me`; any other request is `missing`. */
export async function serveRoutes(routes: Readonly<Record<string, Handler>>, missing: Handler): Promise<RouteServer> {
  const requests: IncomingMessage[] = [];
  const server = await serveHttp((request, response) => {
    requests.push(request);
    const asked = `${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`;
    (routes[asked] ?? missing)(request, response);
  });
  return { ...server, requests };
}

/** `done`, or the code and reason of the error; one that is no AppError is named as that. */
export async function outcomeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.message : `untyped: ${String(error)}`;
  }
}

export const wrongShape = 'untrusted-answer (wrong-shape)';

/** Of any snapshot. */
export const head = { accountId: 'c1', source: 'provider', takenAt: '2026-01-01T00:00:00Z', sequence: 1 } as const;

/** As the screens get it. Errors: ZodError, where it does not keep to the contract. */
export function toSnapshot(reading: ProfileReading): ProfileSnapshot {
  return profileSnapshotSchema.parse({ ...head, offers: [], ...reading });
}
