import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import { cleanText } from '../../../core/clean-text.ts';
import type { Refusal } from '../../../http/refusal.ts';
import type { AccountSshKeys, SshKeyFacts } from '../../account-ssh-keys.ts';
import { maxTitle, readSshKeyLine, sshLinePattern } from '../../common/ssh-key-facts.ts';
import { confirmOutcome } from '../../outcome.ts';
import { toSegment } from '../../signed-sender.ts';
import { readPages } from '../http/paging.ts';
import { messageOf } from '../http/problem.ts';
import type { TokenScopes } from '../http/scopes.ts';
import type { Senders } from '../http/senders.ts';
import { signProof } from './proof.ts';

const instant = z.iso.datetime({ offset: true });

/** In `key` the comment of whoever made it may follow. */
const remoteSshKeySchema = z.object({
  id: z.int().positive(),
  title: z.string().max(1_000),
  key: z.string().max(20_000).regex(sshLinePattern),
  created_at: instant,
  /** From 1.24 on, and not at Forgejo. */
  last_used_at: instant.nullish(),
});
type RemoteSshKey = z.infer<typeof remoteSshKeySchema>;

const path = '/user/keys';

export function createGiteaSshKeys(
  { send, explaining }: Pick<Senders, 'send' | 'explaining'>,
  scopes: Pick<TokenScopes, 'accessBy'>,
  address: string,
): AccountSshKeys {
  async function readKeys(): Promise<SshKeyFacts[]> {
    const all = await readPages({ send, path, schema: remoteSshKeySchema });
    return all.map(toSshKey).toSorted((a, b) => (a.addedAt < b.addedAt ? 1 : -1));
  }
  const findKey = async (line: string) => (await readKeys()).find(({ publicLine }) => publicLine === line);

  return {
    async sshKeysState() {
      const keys = await readKeys();
      return {
        access: scopes.accessBy('write:user'),
        canVerify: false,
        proofPage: new URL(address).host,
        canRename: false,
        canReplace: true,
        limit: null,
        keys,
      };
    },
    async addSshKey(title, publicLine) {
      const post = async () => {
        const body = { title, key: publicLine };
        const request = { method: 'POST', path, body, schema: remoteSshKeySchema } as const;
        return toSshKey((await explaining(explainKey)(request)).body);
      };
      // Sent twice it would be refused as used, so it is looked up instead.
      return confirmOutcome(post, () => findKey(publicLine)).catch(async (error: unknown) => {
        throw isTaken(error) && (await findKey(publicLine)) ? ofField('publicKey', 'duplicate') : error;
      });
    },
    renameSshKey: () => Promise.reject(new AppError('not-offered')),
    async removeSshKey(id) {
      await send({ method: 'DELETE', path: `${path}/${toSegment(id)}`, schema: z.unknown() });
    },
    // The API takes no signature: its page does.
    proveSshKey: () => Promise.reject(new AppError('not-offered')),
    signSshKeyProof: (_id, sign) => signProof(send, sign),
  };
}

function toSshKey({ id, title, key, created_at, last_used_at: lastUsed }: RemoteSshKey): SshKeyFacts {
  return {
    id: String(id),
    title: cleanText(title).slice(0, maxTitle),
    ...readSshKeyLine(key),
    addedAt: new Date(created_at).toISOString(),
    // A key that was never used has the time at which it was added.
    lastUsedAt: lastUsed && Date.parse(lastUsed) > Date.parse(created_at) ? new Date(lastUsed).toISOString() : null,
    verifiedAt: null,
    revision: String(id),
  };
}

function explainKey(refusal: Refusal): ErrorShape | undefined {
  if (refusal.status !== 422) return undefined;
  const message = messageOf(refusal);
  // Once on the whole instance, whoever has it: as a key of a person or of a repository.
  if (/Key content has been used/.test(message)) return ofField('publicKey', 'taken').toShape();
  if (/Key title has been used/.test(message)) return ofField('title', 'duplicate').toShape();
  const [, needed] = /key length is not enough: got \d+, needs (\d{1,6})/.exec(message) ?? [];
  if (needed !== undefined) return ofField('publicKey', 'too-short', Number(needed)).toShape();
  return /key content/i.test(message) ? ofField('publicKey', 'not-valid').toShape() : undefined;
}

function ofField(field: string, code: 'taken' | 'duplicate' | 'not-valid' | 'too-short', limit?: number): AppError {
  return new AppError('invalid-request', { fields: { [field]: { code, ...(limit !== undefined && { limit }) } } });
}

function isTaken(error: unknown): boolean {
  return error instanceof AppError && error.details.fields?.['publicKey']?.code === 'taken';
}
