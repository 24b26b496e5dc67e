import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { cleanShort } from '../../core/clean-text.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountSshKeys, SshKeyFacts } from '../account-ssh-keys.ts';
import { explainBetween } from '../common/refusals/explain-between.ts';
import { maxTitle, readSshKeyLine, sshLinePattern } from '../common/ssh-key-facts.ts';
import { secondsToUtc } from '../common/to-utc.ts';
import { confirmOutcome } from '../outcome.ts';
import { toSegment, type SignedSender } from '../signed-sender.ts';

const remoteSshKeySchema = z.object({
  id: z.string().regex(/^[0-9a-f]{24}$/),
  attributes: z.object({
    key: z.string().max(20_000).regex(sshLinePattern),
    /** Keys of before 22.44 may have none. */
    title: z.string().max(10_000).nullish(),
  }),
});
type RemoteSshKey = z.infer<typeof remoteSshKeySchema>;

/** The list is one answer: no paging is documented for it. */
const remoteListSchema = z.object({ data: z.array(remoteSshKeySchema).max(20_000) });
const remoteOneSchema = z.object({ data: remoteSshKeySchema });

const path = '/sshkeys';

/** As documented: `ssh-rsa` and `ssh-ed25519`. */
const families = ['ed25519', 'rsa'] as const;

/** `addNew` sends a new key: what it is refused for is said of the key. */
export function createElasticIoSshKeys(send: SignedSender, addNew: SignedSender): AccountSshKeys {
  async function readKeys(): Promise<SshKeyFacts[]> {
    const { data } = (await send({ method: 'GET', path, schema: remoteListSchema })).body;
    return data.map(toSshKey).toSorted((a, b) => (a.addedAt < b.addedAt ? 1 : -1));
  }
  const findKey = async (line: string) => (await readKeys()).find(({ publicLine }) => publicLine === line);

  return {
    async sshKeysState() {
      const keys = await readKeys();
      return { access: { kind: 'editable' }, canVerify: false, canRename: false, families, limit: null, keys };
    },
    async addSshKey(title, publicLine) {
      const post = async () => {
        const body = { data: { type: 'sshkey', attributes: { key: publicLine, title } } };
        return toSshKey((await addNew({ method: 'POST', path, body, schema: remoteOneSchema })).body.data);
      };
      // Sent twice it might be there twice, so it is looked up instead.
      return confirmOutcome(post, () => findKey(publicLine));
    },
    renameSshKey: () => Promise.reject(new AppError('not-offered')),
    async removeSshKey(id) {
      await send({ method: 'DELETE', path: `${path}/${toSegment(id)}`, schema: z.unknown() });
    },
    proveSshKey: () => Promise.reject(new AppError('not-offered')),
  };
}

function toSshKey({ id, attributes: { key, title } }: RemoteSshKey): SshKeyFacts {
  return {
    id,
    title: cleanShort(title, maxTitle),
    ...readSshKeyLine(key),
    // No field tells it, but an id of MongoDB begins with the second of its making; so do those in the documentation.
    addedAt: secondsToUtc(Number.parseInt(id.slice(0, 8), 16)) ?? new Date(0).toISOString(),
    lastUsedAt: null,
    verifiedAt: null,
    revision: id,
  };
}

/** How another family is refused is not documented, but by the status. */
export function explainNewKey(refusal: Refusal): ErrorShape | undefined {
  const code = refusals.find(([status]) => status === refusal.status)?.[1];
  return code ? { code: 'invalid-request', fields: { publicKey: { code } } } : explainBetween(refusal);
}

const refusals = [
  [400, 'not-valid'],
  [409, 'taken'],
  [422, 'not-valid'],
] as const;
