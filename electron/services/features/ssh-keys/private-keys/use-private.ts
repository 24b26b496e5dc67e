import { AppError } from '../../../../../shared/contract/errors.ts';
import { defaultBcryptRounds, maxBcryptRounds } from '../../../../../shared/bcrypt-rounds.ts';
import { judgeExportPassphrase, prepareKeyPassphrase } from '../../../../../shared/rules/made-keys.ts';
import type { SshKeyFacts, SignChallenge } from '../../../provider/account-ssh-keys.ts';
import type { FilePicker } from '../../../ports.ts';
import { armorSshsig, type PublicKey, signSshsig, type SshAgent, sshsigData } from '../../../../../ssh-keys/index.ts';
import type { PrivateHalves } from './private-halves.ts';
import type { ExportFormat } from '../worker/key-worker.contract.ts';
import type { KeyWorker } from '../worker/key-worker.ts';

export interface UsePrivateDeps {
  readonly halves: PrivateHalves;
  readonly agent: SshAgent;
  readonly worker: Pick<KeyWorker, 'run'>;
  readonly filePicker: Pick<FilePicker, 'save'>;
}

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly passphrase: string;
  readonly rounds: number | null;
}

/** The most rounds that may be asked for take some seconds. */
const exportDeadlineMs = 120_000;

/** Signs with the private half in the vault, else in the agent. Errors: not-found (in neither), agent-unavailable. */
export async function signWith(
  { halves, agent }: UsePrivateDeps,
  accountId: string,
  key: SshKeyFacts,
): Promise<SignChallenge> {
  if ((await halves.list(accountId)).has(key.sha256)) {
    return (challenge, namespace) =>
      halves.use(accountId, key.sha256, async (privateKey) => signSshsig(privateKey, challenge, namespace));
  }
  const publicKey = toPublicKey(key);
  const identities = await agent.list();
  if (!identities.some(({ blob }) => Buffer.from(blob).equals(publicKey.blob))) throw new AppError('not-found');
  return async (challenge, namespace) =>
    armorSshsig(publicKey, namespace, await agent.sign(publicKey.blob, sshsigData(challenge, namespace)));
}

/**
 * Writes the kept private half where the person wants it; null if they cancelled. Errors: not-found, invalid-request
 * (`rounds`, `passphrase`), storage-fault.
 */
export function exportPrivate(
  { halves, worker, filePicker }: UsePrivateDeps,
  accountId: string,
  key: SshKeyFacts,
  request: ExportRequest,
): Promise<string | null> {
  const { format, passphrase, rounds } = request;
  if (rounds !== null && (rounds < 1 || rounds > maxBcryptRounds))
    throw new AppError('invalid-request', { fields: { rounds: { code: 'out-of-range', limit: maxBcryptRounds } } });
  const fault = passphrase === '' ? undefined : judgeExportPassphrase(passphrase);
  if (fault) throw new AppError('invalid-request', { fields: { passphrase: fault } });
  return halves.use(accountId, key.sha256, async (privateKey) => {
    const secret = passphrase === '' ? null : Buffer.from(prepareKeyPassphrase(passphrase));
    const job = { key: privateKey, format, passphrase: secret, rounds: rounds ?? defaultBcryptRounds };
    const content = await worker.run((keys) => keys.export(job), exportDeadlineMs).finally(() => secret?.fill(0));
    try {
      return await filePicker.save({ suggestedName: nameFile(key, format), content });
    } finally {
      content.fill(0);
    }
  });
}

/** `id_ed25519` as ssh-keygen would have it. */
function nameFile({ type }: SshKeyFacts, format: ExportFormat): string {
  const [, name = 'key'] = /(ed25519|rsa|ecdsa)/.exec(type) ?? [];
  return `id_${name}${format === 'pkcs8' ? '.pem' : ''}`;
}

/** The blob as the provider has it, which its fingerprint was made of. */
export function toPublicKey({ type, bits, publicLine }: SshKeyFacts): PublicKey {
  return { type, bits, blob: Buffer.from(publicLine.split(' ')[1] ?? '', 'base64') };
}
