import type { Database } from '../../database/database.ts';
import { checkPrecondition, etagOf } from '../../http/conditional.ts';
import { instant, instantOrNull } from '../../http/instant.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';
import type { RequirePermission } from '../../access/require-permission.ts';
import type { Notify } from '../../mail/notices.ts';
import type { IdentityKeyRules } from '../../presets/preset.ts';
import { checkText } from '../../accounts/field-checks.ts';
import type { IdentityKey, NewIdentityKey } from './identity-keys.schemas.ts';
import type { IdentityKeysStore, StoredIdentityKey } from './identity-keys.store.ts';
import { md5Of, readPublicKey, sha256Of, type KeyFault, type PublicKey } from './public-key.ts';
import { verifySshsig } from './sshsig.ts';

export interface IdentityKeyDeps {
  readonly database: Database;
  readonly identityKeys: IdentityKeysStore;
  /** Where clients reach this server: what a request says of it could be another service's. */
  readonly origins: () => ReadonlySet<string>;
  readonly notify: Notify;
  readonly rules: IdentityKeyRules;
  readonly requirePermission: RequirePermission;
}

const maxTitleLength = 100;
const faults: Readonly<Record<KeyFault, string>> = {
  'private-key': 'This is a private key: nothing of it was kept. Only its public half belongs here',
  'not-a-public-key': 'This is no public key in the form of OpenSSH',
  'not-supported': 'Keys of this type are not taken',
  'small-order': 'Anyone can forge signatures for this Ed25519 key, as its point has a small order. Make a new key',
  'no-point':
    'This is no point of the curve of Ed25519 as RFC 8032 writes them, so no signature counts. Make a new key',
  'too-weak': 'DSA keys, and RSA keys with less than 2048 bits, are too weak to be taken',
};

/** Adding a key needs the permission; a person can always rename and delete their own. Errors: Problem. */
export function createIdentityKeysService({
  database,
  identityKeys,
  origins,
  notify,
  rules,
  requirePermission,
}: IdentityKeyDeps) {
  function existing(accountId: string, id: string): StoredIdentityKey {
    const key = identityKeys.read(accountId, id);
    if (!key) throw new Problem('not-found');
    return key;
  }

  return {
    list: (accountId: string) => ({ keys: identityKeys.list(accountId).map(toAnswer), limit: rules.limit }),

    /** Errors: Problem forbidden, invalid, duplicate-key, limit-reached. */
    add(accountId: string, typed: NewIdentityKey): IdentityKey {
      if (rules.permission !== null) requirePermission(accountId, rules.permission);
      const { key, title } = checkNew(typed);
      const added = database.transaction(() => {
        if (identityKeys.count(accountId) >= rules.limit) throw new Problem('limit-reached');
        const id = identityKeys.add(accountId, title, key);
        if (id === undefined)
          throw new Problem('duplicate-key', { errors: [{ field: 'publicKey', code: 'duplicate' }] });
        return toAnswer(existing(accountId, id));
      });
      notify(accountId, 'identity-key-added');
      return added;
    },

    /** Errors: Problem not-found, precondition-required, stale, invalid. */
    rename(accountId: string, id: string, typed: string, ifMatch: string | undefined): IdentityKey {
      return database.transaction(() => {
        checkPrecondition(ifMatch, toAnswer(existing(accountId, id)).etag);
        identityKeys.rename(accountId, id, checkTitle(typed));
        return toAnswer(existing(accountId, id));
      });
    },

    /** Errors: Problem not-found. */
    remove(accountId: string, id: string): void {
      if (!identityKeys.remove(accountId, id)) throw new Problem('not-found');
      notify(accountId, 'identity-key-removed');
    },

    /** Errors: Problem not-found. */
    challenge: (accountId: string, id: string) => identityKeys.challenge(existing(accountId, id).id),

    /** The signature names the host by which the client knows this server. Errors: Problem not-found, proof-refused. */
    verify(accountId: string, id: string, armored: string): IdentityKey {
      const { blob } = existing(accountId, id);
      const challenge = identityKeys.takeChallenge(id);
      const isFor = (origin: string, message: Buffer) =>
        verifySshsig({ armored, message, namespace: proofNamespace(new URL(origin).host), blob }) === 'verified';
      const isProven =
        challenge !== undefined && [...origins()].some((origin) => isFor(origin, Buffer.from(challenge)));
      if (!isProven) throw new Problem('proof-refused');
      identityKeys.noteVerified(id);
      return toAnswer(existing(accountId, id));
    },

    /** For development: as if a program had signed in with it. Errors: Problem not-found. */
    markUsed(id: string): void {
      if (!identityKeys.markUsed(id)) throw new Problem('not-found');
    },
  };
}

function proofNamespace(host: string): string {
  return `profile-desk-identity-key@${host}`;
}

function checkNew({ publicKey, title }: NewIdentityKey): { readonly key: PublicKey; readonly title: string } {
  const key = readPublicKey(publicKey);
  if (typeof key === 'string')
    throw new Problem('invalid', { detail: faults[key], errors: [{ field: 'publicKey', code: 'not-valid' }] });
  if (title) return { key, title: checkTitle(title) };
  const comment = checkText(key.comment, maxTitleLength);
  return { key, title: 'value' in comment && comment.value !== '' ? comment.value : key.type };
}

function checkTitle(typed: string): string {
  const title = checkText(typed, maxTitleLength);
  const refuse = (fault: Omit<FieldProblem, 'field'>) =>
    new Problem('invalid', { errors: [{ field: 'title', ...fault }] });
  if ('fault' in title) throw refuse(title.fault);
  if (title.value === '') throw refuse({ code: 'required' });
  return title.value;
}

function toAnswer({ id, title, type, bits, blob, addedAt, lastUsedAt, verifiedAt }: StoredIdentityKey): IdentityKey {
  return {
    id,
    title,
    publicKey: `${type} ${Buffer.from(blob).toString('base64')}`,
    type,
    bits,
    sha256: sha256Of(blob),
    md5: md5Of(blob),
    addedAt: instant(addedAt),
    lastUsedAt: instantOrNull(lastUsedAt),
    verifiedAt: instantOrNull(verifiedAt),
    etag: etagOf({ id, title }),
  };
}
