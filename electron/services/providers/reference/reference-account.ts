import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { SectionName } from '../../../../shared/contract/profile.ts';
import type { HttpAnswer, HttpClient } from '../../http/http-client.ts';
import type { Account, ProfileSections, SavedSection, TokenSource } from '../provider.ts';
import { toAccess, toUser } from './map-profile.ts';
import { remoteAccountSchema, remoteMetaSchema } from './meta.remote.ts';
import { remoteAvatarSchema, remoteContactSchema, remoteUserSchema } from './profile.remote.ts';
import { createReferenceProtection } from './reference-protection.ts';
import { createReferenceSessions } from './reference-sessions.ts';
import { createSignedSender } from './signed-sender.ts';

interface RemoteRecord<T> {
  readonly path: string;
  readonly schema: z.ZodType<T>;
}

const records: { readonly [S in SectionName]: RemoteRecord<ProfileSections[S]['values']> } = {
  user: { path: '/me', schema: remoteUserSchema.transform(toUser) },
  contact: { path: '/me/contact', schema: remoteContactSchema },
  avatar: { path: '/me/avatar', schema: remoteAvatarSchema },
};

export function createReferenceAccount(http: HttpClient, address: string, tokens: TokenSource): Account {
  const send = createSignedSender(http, address, tokens);

  async function readMeta() {
    return (await send({ method: 'GET', path: '/meta', schema: remoteMetaSchema })).body;
  }

  async function readSection<S extends SectionName>(section: S): Promise<SavedSection<S>> {
    return toSection(await send({ ...records[section], method: 'GET' }));
  }

  return {
    ...createReferenceProtection(send, () => http.serverNow(address)),
    ...createReferenceSessions(send),
    async accountId() {
      // Not from the profile: an account that has to turn MFA on first may not read it yet.
      return (await send({ method: 'GET', path: '/meta', schema: remoteAccountSchema })).body.accountId;
    },
    async readProfile() {
      const [meta, user, contact, avatar] = await Promise.all([readMeta(), readSection('user'), readSection('contact'), readSection('avatar')]);
      return {
        user: { ...user, access: toAccess('user', user.values, meta) },
        contact: { ...contact, access: toAccess('contact', contact.values, meta) },
        avatar: { ...avatar, access: toAccess('avatar', avatar.values, meta) },
      };
    },
    async updateSection(section, changes, revision) {
      const headers = { 'If-Match': revision, 'Content-Type': 'application/merge-patch+json' };
      return toSection(await send({ ...records[section], method: 'PATCH', headers, body: changes }));
    },
    async signOut() {
      await send({ method: 'POST', path: '/auth/sign-out', schema: z.unknown() });
    },
  };
}

function toSection<T>(answer: HttpAnswer<T>): { values: T; revision: string } {
  return { values: answer.body, revision: readRevision(answer) };
}

/** The record's ETag (RFC 9110, section 8.8.3). It goes back in a header, so its form is checked. */
function readRevision(answer: HttpAnswer<unknown>): string {
  const etag = answer.header('etag') ?? '';
  if (etag.length > 200 || !/^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag)) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
  return etag;
}
