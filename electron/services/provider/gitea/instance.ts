import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { explainStatus, type Refusal } from '../../http/refusal.ts';
import { toRelease } from '../common/release.ts';
import { withoutPage } from '../common/without-page.ts';
import { closedMessage, messageOf } from './http/problem.ts';

export interface Instance {
  /** What people call it: two programs answer alike. */
  readonly name: string;
  /** Null where only who is signed in is told. */
  readonly version: string | null;
}

const remoteVersionSchema = z.object({ version: z.string().regex(/^v?\d[\w.+~-]{0,99}$/) });

/** Instances that are known by a name of their own. */
const knownNames: ReadonlyMap<string, string> = new Map([['codeberg.org', 'Codeberg']]);

/** What was typed may be one of its pages; it may also live in a folder of its host. */
export function toRoot(typed: string): string {
  return withoutPage(typed, /\/(?:user\/(?:login|settings|sign_up)|explore|api|swagger)(?:\/.*)?$/);
}

/** The scopes that the app asks for have their names since then. Forgejo counted on with Gitea until it was at 7.0. */
const oldest = toRelease('1.20');

/** Asked with no credentials. Errors: AppError offline, untrusted-answer (not-a-profile-service, too-old). */
export async function readInstance(http: HttpClient, address: string): Promise<Instance> {
  const known = knownNames.get(new URL(address).host);
  const [version, forgejo] = await Promise.all([
    readVersion(http, `${address}/api/v1/version`),
    readVersion(http, `${address}/api/forgejo/v1/version`).catch(() => undefined),
  ]);
  const own = (forgejo ?? version)?.split('+')[0] ?? null;
  if (own !== null && toRelease(own) < oldest) throw new AppError('untrusted-answer', { reason: 'too-old' });
  return { name: known ?? (forgejo ? 'Forgejo' : 'Gitea'), version: own };
}

const discoverySchema = z.object({ issuer: z.string().max(2_000) });

/**
 * Whether people can sign in in the browser: an administrator may have switched it off, and one that has another
 * address for itself would be refused on the way back.
 */
export async function readIsIssuer(http: HttpClient, address: string): Promise<boolean> {
  const url = `${address}/.well-known/openid-configuration`;
  return http.send({ method: 'GET', url, schema: discoverySchema }).then(
    ({ body }) => body.issuer === address,
    () => false,
  );
}

/** Null on an instance that shows nothing to who is not signed in. */
async function readVersion(http: HttpClient, url: string): Promise<string | null> {
  let isClosed = false;
  const explain = (refusal: Refusal) => {
    isClosed = refusal.status === 403 && messageOf(refusal) === closedMessage;
    return explainOfVersion(refusal);
  };
  try {
    return (await http.send({ method: 'GET', url, schema: remoteVersionSchema, explain })).body.version;
  } catch (error) {
    if (isClosed) return null;
    throw error;
  }
}

function explainOfVersion(refusal: Refusal): ErrorShape {
  const shape = explainStatus(refusal);
  const isOther = ['not-offered', 'forbidden', 'unauthenticated', 'invalid-request', 'not-found'].includes(shape.code);
  return isOther ? new AppError('untrusted-answer', { reason: 'not-a-profile-service' }).toShape() : shape;
}
