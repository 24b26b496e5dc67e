import * as accounts from '../../../electron/services/accounts/accounts.stored.ts';
import * as tokens from '../../../electron/services/accounts/tokens.stored.ts';
import * as activity from '../../../electron/services/features/activity/activity.stored.ts';
import * as applications from '../../../electron/services/features/applications/applications.stored.ts';
import * as drafts from '../../../electron/services/features/drafts/drafts.stored.ts';
import * as emails from '../../../electron/services/features/emails/emails.stored.ts';
import * as profile from '../../../electron/services/features/profile/profile-cache.stored.ts';
import * as keys from '../../../electron/services/features/program-keys/keys.stored.ts';
import * as sessions from '../../../electron/services/features/sessions/sessions.stored.ts';
import * as settings from '../../../electron/services/features/settings/settings.stored.ts';
import * as sshKeys from '../../../electron/services/features/ssh-keys/ssh-keys.stored.ts';
import * as transfer from '../../../electron/services/features/transfer/transfer.stored.ts';
import * as vault from '../../../electron/services/vault/vault.stored.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { openAppWith } from '../../integration/open-app.ts';

// An app that starts on a data folder, is asked what its arguments say, and ends. One of a later version seals the
// documents that it is told under the next version of their schemas: that is what an earlier one sees of it.

interface Spec {
  readonly name?: string;
  readonly prefix?: string;
  version: number;
}

const specs: readonly Spec[] = [
  accounts,
  tokens,
  activity,
  applications,
  drafts,
  emails,
  profile,
  keys,
  sessions,
  settings,
  sshKeys,
  transfer,
  vault,
].flatMap((module) => Object.values(module).filter(isSpec));

const [folder = '', later = '', asked = '[]'] = process.argv.slice(2);
for (const spec of specs) if (isLater(spec, later.split(','))) spec.version += 1;

const app = await openAppWith(folder, {
  ssh: {
    folder: '/nowhere',
    agentPath: undefined,
    startKeyWorker: () => {
      throw new AppError('internal', {}, new Error('no key worker here'));
    },
  },
});
for (const [channel, input] of JSON.parse(asked) as [string, unknown][])
  process.stdout.write(`${JSON.stringify(await app.transport.request(channel, input))}\n`);
await app.close();

function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && 'schema' in value && 'version' in value;
}

function isLater({ name, prefix }: Spec, documents: readonly string[]): boolean {
  return documents.includes('all') || documents.includes(name ?? prefix ?? '');
}
