import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import { explainStatus, type Refusal } from '../../../http/refusal.ts';
import { withoutPage } from '../../common/without-page.ts';
import { readProblem } from '../http/problem.ts';

/** The one that everybody means by its name. */
const publicOrigin = 'https://gitlab.com';

/** What is told to nobody who is not signed in. */
const closedMessage = '401 Unauthorized';

const discoverySchema = z.object({ issuer: z.string().max(2_000), token_endpoint: z.string().max(2_000) });

export interface Instance {
  readonly name: string;
  /** It signs in under the very address that was asked: else a page of its own would be refused. */
  readonly isIssuer: boolean;
}

/** What was typed may be one of its pages; it may also live in a folder of its host. */
export function toRoot(typed: string): string {
  if (URL.parse(typed)?.origin === publicOrigin) return publicOrigin;
  return withoutPage(typed, /\/(?:users\/sign_(?:in|up)|-|oauth|api|dashboard|explore|help|admin)(?:\/.*)?$/);
}

export function nameOf(address: string): string {
  return address === publicOrigin ? 'GitLab.com' : 'GitLab';
}

/** Asked with no credentials. Errors: AppError offline, untrusted-answer (not-a-profile-service). */
export async function readInstance(http: HttpClient, address: string): Promise<Instance> {
  const [issuer] = await Promise.all([readIssuer(http, address), refuseStrangers(http, address)]);
  return { name: nameOf(address), isIssuer: issuer === address };
}

/** Of a GitLab that has another name for itself, or does not say: undefined. */
async function readIssuer(http: HttpClient, address: string): Promise<string | undefined> {
  const url = `${address}/.well-known/openid-configuration`;
  const found = await http.send({ method: 'GET', url, schema: discoverySchema, explain: stranger });
  if (!found.body.token_endpoint.endsWith('/oauth/token')) throw notGitlab();
  return found.body.issuer;
}

/** The version is told only to who is signed in, and the refusal is in its own words. */
async function refuseStrangers(http: HttpClient, address: string): Promise<void> {
  let isGitlab = false;
  const explain = (refusal: Refusal): ErrorShape => {
    isGitlab = refusal.status === 401 && readProblem(refusal)?.message === closedMessage;
    return stranger(refusal);
  };
  try {
    await http.send({ method: 'GET', url: `${address}/api/v4/version`, schema: z.unknown(), explain });
  } catch (error) {
    if (isGitlab) return;
    throw error;
  }
  throw notGitlab();
}

function stranger(refusal: Refusal): ErrorShape {
  const shape = explainStatus(refusal);
  const isOther = ['not-offered', 'forbidden', 'unauthenticated', 'invalid-request', 'not-found'].includes(shape.code);
  return isOther ? notGitlab().toShape() : shape;
}

function notGitlab(): AppError {
  return new AppError('untrusted-answer', { reason: 'not-a-profile-service' });
}
