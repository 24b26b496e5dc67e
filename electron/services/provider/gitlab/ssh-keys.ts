import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ErrorShape, FieldErrors } from '../../../../shared/contract/error-shape.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountSshKeys, SshKeyFacts } from '../account-ssh-keys.ts';
import { maxTitle, readSshKeyLine, sshLinePattern } from '../common/ssh-key-facts.ts';
import { confirmOutcome } from '../outcome.ts';
import { toSegment } from '../signed-sender.ts';
import { readPages } from './http/paging.ts';
import { readProblem } from './http/problem.ts';
import type { TokenScopes } from './http/scopes.ts';
import type { Senders } from './http/senders.ts';

const instant = z.iso.datetime({ offset: true });

/** In `key` follows the name of the person and the host, whatever was sent. */
const remoteSshKeySchema = z.object({
  id: z.int().positive(),
  title: z.string().max(1_000),
  key: z.string().max(20_000).regex(sshLinePattern),
  created_at: instant,
});
type RemoteSshKey = z.infer<typeof remoteSshKeySchema>;

const path = '/user/keys';

export function createGitlabSshKeys(
  { send, explaining }: Pick<Senders, 'send' | 'explaining'>,
  scopes: Pick<TokenScopes, 'accessBy'>,
): AccountSshKeys {
  async function readKeys(): Promise<SshKeyFacts[]> {
    const all = await readPages({ send, path, schema: remoteSshKeySchema });
    return all.map(toSshKey).toSorted((a, b) => (a.addedAt < b.addedAt ? 1 : -1));
  }
  const findKey = async (line: string) => (await readKeys()).find(({ publicLine }) => publicLine === line);

  return {
    async sshKeysState() {
      const keys = await readKeys();
      return { access: scopes.accessBy('api'), canVerify: false, canRename: false, limit: null, keys };
    },
    async addSshKey(title, publicLine) {
      const post = async () => {
        const request = { method: 'POST', path, body: { title, key: publicLine }, schema: remoteSshKeySchema } as const;
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
    proveSshKey: () => Promise.reject(new AppError('not-offered')),
  };
}

function toSshKey({ id, title, key, created_at }: RemoteSshKey): SshKeyFacts {
  return {
    id: String(id),
    title: cleanText(title).slice(0, maxTitle),
    ...readSshKeyLine(key),
    addedAt: new Date(created_at).toISOString(),
    lastUsedAt: null,
    verifiedAt: null,
    revision: String(id),
  };
}

/** The key is named by its fingerprint too, in one of several ways. */
function explainKey(refusal: Refusal): ErrorShape | undefined {
  const fields = refusal.status === 400 ? readProblem(refusal)?.fields : undefined;
  if (!fields || fields.size === 0) return undefined;
  const title = fields.get('title');
  if (title !== undefined)
    return (/too long/.test(title) ? ofField('title', 'too-long', 255) : ofField('title', 'not-valid')).toShape();
  const said = [...fields.values()].join(' ');
  // Once on the whole instance, whoever has it.
  if (/already been taken/.test(said)) return ofField('publicKey', 'taken').toShape();
  const [, bits] = /at least (\d{1,6}) bits/.exec(said) ?? [];
  if (bits !== undefined) return ofField('publicKey', 'too-short', Number(bits)).toShape();
  return ofField('publicKey', 'not-valid').toShape();
}

function ofField(field: string, code: FieldErrors[string]['code'], limit?: number): AppError {
  return new AppError('invalid-request', { fields: { [field]: { code, ...(limit !== undefined && { limit }) } } });
}

function isTaken(error: unknown): boolean {
  return error instanceof AppError && error.details.fields?.['publicKey']?.code === 'taken';
}
