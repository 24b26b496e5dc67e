import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { explainStatus, type WholeRefusal } from '../../http/refusal.ts';
import { githubHeaders } from './http/headers.ts';
import { messageOf } from './http/problem-body.ts';
import { isRateLimited } from './http/rate-limit.ts';

/** Where one GitHub is: what people open in a browser, and the two other places that belong to it and to no other. */
export interface Site {
  /** Its pages, without a slash at its end: the address of the account. */
  readonly address: string;
  readonly api: string;
  readonly pictures: string;
  /** GitHub runs it, else an organisation. */
  readonly isPublic: boolean;
}

interface FoundSite {
  readonly name: string;
  readonly version: string | null;
}

/**
 * Of any address that people may have at hand. The pairs of hosts are GitHub's own, fixed here: nothing that a service
 * says makes another host one of them.
 */
export function toSite(typed: string): Site {
  const { protocol, host, origin } = new URL(typed);
  const name = protocol === 'https:' ? host.replace(/^(?:api|www)\.(?=github\.com$|[\w-]+\.ghe\.com$)/, '') : '';
  if (name === 'github.com')
    return {
      ...{ address: 'https://github.com', api: 'https://api.github.com' },
      ...{ pictures: 'https://avatars.githubusercontent.com', isPublic: true },
    };
  if (/^[\w-]+\.ghe\.com$/.test(name)) {
    const address = `https://${name}`;
    return { address, api: `https://api.${name}`, pictures: address, isPublic: true };
  }
  return { address: origin, api: `${origin}/api/v3`, pictures: origin, isPublic: false };
}

const remoteLimitsSchema = z.object({ resources: z.object({ core: z.object({ limit: z.int().nonnegative() }) }) });
const version = z.string().regex(/^\d[\w.+-]{0,49}$/);
const remoteMetaSchema = z.object({ verifiable_password_authentication: z.boolean(), installed_version: version });

/** What people call it. */
export function siteName({ isPublic }: Pick<Site, 'isPublic'>): string {
  return isPublic ? 'GitHub' : 'GitHub Enterprise Server';
}

/** Asked with no credentials. Errors: AppError offline, untrusted-answer (not-a-profile-service). */
export async function readSite(http: HttpClient, site: Site): Promise<FoundSite> {
  return { name: siteName(site), version: await (site.isPublic ? findPublicSite : readServer)(http, site) };
}

/** By the one route that takes nothing from what may be asked in an hour: it is asked as long as somebody looks. */
async function findPublicSite(http: HttpClient, { api }: Site): Promise<null> {
  const request = { method: 'GET', url: `${api}/rate_limit`, headers: githubHeaders } as const;
  let isBusy = false;
  const explain = (refusal: WholeRefusal) => {
    // Where a whole network asks too often it is there all the same.
    isBusy = isRateLimited(refusal);
    return explainStranger(refusal);
  };
  await http.send({ ...request, schema: remoteLimitsSchema, explain }).catch((error: unknown) => {
    if (!isBusy) throw error;
  });
  return null;
}

async function readServer(http: HttpClient, { api }: Site): Promise<string | null> {
  /** Of a server that answers nobody who is not signed in. */
  let closed: string | null | undefined;
  const explain = (refusal: WholeRefusal) => {
    if (refusal.status === 401 && messageOf(refusal) === closedMessage) closed = versionOf(refusal);
    return explainStranger(refusal);
  };
  const request = { method: 'GET', url: `${api}/meta`, headers: githubHeaders } as const;
  try {
    return (await http.send({ ...request, schema: remoteMetaSchema, explain })).body.installed_version;
  } catch (error) {
    if (closed !== undefined) return closed;
    throw error;
  }
}

const closedMessage = 'Must authenticate to access this API.';

/** It names its version in a header, and in where its documentation is. */
function versionOf({ header, body }: WholeRefusal): string | null {
  const found = version.safeParse(header('x-github-enterprise-version')).data;
  const { data } = z.object({ documentation_url: z.string().max(500) }).safeParse(body);
  return found ?? /\/enterprise(?:-server@|\/)(\d+\.\d+)/.exec(data?.documentation_url ?? '')?.[1] ?? null;
}

function explainStranger(refusal: WholeRefusal): ErrorShape {
  const shape = explainStatus(refusal);
  const isOther = ['not-offered', 'forbidden', 'unauthenticated', 'invalid-request', 'not-found'].includes(shape.code);
  return isOther ? new AppError('untrusted-answer', { reason: 'not-a-profile-service' }).toShape() : shape;
}
