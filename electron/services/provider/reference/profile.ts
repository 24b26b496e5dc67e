import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import { profileFields, type KnownSection } from '../../../../shared/profile-fields.ts';
import type { HttpAnswer } from '../../http/http-client.ts';
import { absentMore, absentNotifications, absentWorkplace } from '../absent/absent-sections.ts';
import { shapeFields } from '../common/field-shapes.ts';
import type { ProviderAccount, ProfileReading, ProfileSections, SavedSection } from '../provider.ts';
import type { SignedSender } from '../signed-sender.ts';
import { toOperationAccess } from './operations.ts';
import { isOffered, remoteMetaSchema, remoteOwnMetaSchema, toAccess, type RemoteMeta } from './meta.ts';

const text = z.string().max(10_000);

/** What the service may answer for a value; the fields are those of `profileFields`. */
const types = {
  text,
  number: z.number(),
  boolean: z.boolean(),
  thresholds: z.array(z.object({ percent: z.number(), byMail: z.boolean() })).max(100),
  picture: z
    .string()
    .max(400_000)
    .regex(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/)
    .nullable(),
  instant: z.iso
    .datetime({ offset: true })
    .transform((time) => new Date(time).toISOString())
    .nullable(),
};

export const remoteUserSchema = z
  .object({ id: z.string().min(1).max(200), ...shapeFields(profileFields.user, types) })
  .transform(({ id: _id, ...user }) => user);

const remoteWorkplaceSchema = z.object({
  ...shapeFields(profileFields.workplace, types),
  choices: z.object({ dialingPattern: z.array(z.object({ id: text, name: text })).max(1_000) }),
});

/** A role has no other name than itself. */
export function toRoles(meta: RemoteMeta): ProfileSnapshot['sections']['user']['choices']['role'] {
  return (meta.fields?.['user']?.['role']?.choices ?? []).map((role) => ({ id: role, name: role }));
}

interface RemoteRecord<T> {
  readonly path: string;
  readonly schema: z.ZodType<T>;
}

const records: { readonly [S in KnownSection]: RemoteRecord<ProfileSections[S]['values']> } = {
  user: { path: '/me', schema: remoteUserSchema },
  workplace: { path: '/me/workplace', schema: remoteWorkplaceSchema.omit({ choices: true }) },
  notifications: { path: '/me/notifications', schema: z.object(shapeFields(profileFields.notifications, types)) },
  contact: { path: '/me/contact', schema: z.object(shapeFields(profileFields.contact, types)) },
  avatar: { path: '/me/avatar', schema: z.object(shapeFields(profileFields.avatar, types)) },
};

/** The person's record: each section under a path and an ETag of its own. */
export function createReferenceProfile(
  send: SignedSender,
): Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'> {
  async function readMeta<S extends z.ZodType>(schema: S): Promise<z.infer<S>> {
    return (await send({ method: 'GET', path: '/meta', schema })).body;
  }

  async function readSection<S extends KnownSection>(section: S): Promise<SavedSection<S>> {
    return toSection(await send({ ...records[section], method: 'GET' }));
  }

  async function readNotifications(meta: RemoteMeta): Promise<ProfileSections['notifications']> {
    if (!isOffered(meta, 'notifications.read')) return absentNotifications;
    const section = await readSection('notifications');
    return { ...section, access: toAccess('notifications', section.values, meta) };
  }

  async function readWorkplace(meta: RemoteMeta): Promise<ProfileSections['workplace']> {
    if (!isOffered(meta, 'workplace.read')) return absentWorkplace;
    const {
      values: { choices, ...values },
      revision,
    } = toSection(await send({ method: 'GET', path: records.workplace.path, schema: remoteWorkplaceSchema }));
    return { values, revision, choices, access: toAccess('workplace', values, meta) };
  }

  async function readProfile(asked: Promise<RemoteMeta>): Promise<ProfileReading> {
    const [meta, user, workplace, notifications, contact, avatar] = await Promise.all([
      asked,
      readSection('user'),
      asked.then(readWorkplace),
      asked.then(readNotifications),
      readSection('contact'),
      readSection('avatar'),
    ]);
    return {
      operations: toOperationAccess(meta),
      sections: {
        user: { ...user, access: toAccess('user', user.values, meta), choices: { role: toRoles(meta) } },
        workplace,
        notifications,
        contact: { ...contact, access: toAccess('contact', contact.values, meta) },
        avatar: { ...avatar, access: toAccess('avatar', avatar.values, meta) },
        more: absentMore,
      },
    };
  }

  return {
    async readAccount() {
      const asked = readMeta(remoteOwnMetaSchema);
      const [{ accountId: personId, name: providerName }, profile] = await Promise.all([
        asked,
        readProfile(asked).catch(undefinedBeforeMfa),
      ]);
      return { personId, providerName, profile };
    },
    whoAmI: async () => (await readMeta(remoteOwnMetaSchema)).accountId,
    readProfile: () => readProfile(readMeta(remoteMetaSchema)),
    async updateSection(section, changes, revision) {
      const headers = { 'If-Match': revision, 'Content-Type': 'application/merge-patch+json' };
      return toSection(await send({ ...records[section], method: 'PATCH', headers, body: changes }));
    },
  };
}

function undefinedBeforeMfa(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'mfa-required') throw error;
}

function toSection<T>(answer: HttpAnswer<T>): { values: T; revision: string } {
  return { values: answer.body, revision: readRevision(answer) };
}

/** The record's ETag (RFC 9110, section 8.8.3). It goes back in a header, so its form is checked. */
function readRevision(answer: HttpAnswer<unknown>): string {
  const etag = answer.header('etag') ?? '';
  if (etag.length > 200 || !/^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag))
    throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
  return etag;
}
