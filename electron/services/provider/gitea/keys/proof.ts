import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { HandOff } from '../../account-hand-off.ts';
import type { SignChallenge, SshKeyProof } from '../../account-ssh-keys.ts';
import { readSshKeyLine, sshLinePattern } from '../../common/ssh-key-facts.ts';
import { toSegment, type SignedSender } from '../../signed-sender.ts';

// K9: who holds a key signs what the instance asks for, and hands the signature in on its page. No route takes it.

/** What has to be signed: the same for every key of a person, another one each minute. */
const challengeSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** `ssh-keygen -Y sign -n gitea` on the page's own instructions, at Forgejo too. */
const namespace = 'gitea';

/** Errors: those of `sign`. */
export async function signProof(send: SignedSender, sign: SignChallenge): Promise<SshKeyProof> {
  const path = '/user/gpg_key_token';
  const { body, header } = await send({ method: 'GET', path, reads: 'text', schema: challengeSchema });
  return { signature: await sign(Buffer.from(body), namespace), secondsLeft: secondsLeft(header('date')) };
}

/** It counts within the minute it is of, and in the next one, by the clock of the instance. */
function secondsLeft(date: string | undefined): number {
  const now = Date.parse(date ?? '');
  // The time in it is cut to a second.
  return Number.isNaN(now) ? 60 : 119 - new Date(now).getUTCSeconds();
}

/** The form of one key. Whether it is verified, the API tells nobody. */
export async function proofPage(send: SignedSender, address: string, keyId: string | undefined): Promise<HandOff> {
  if (keyId === undefined) throw new AppError('not-found');
  const readKey = async () => {
    const { body } = await send({ method: 'GET', path: `/user/keys/${toSegment(keyId)}`, schema: remoteKeySchema });
    return readSshKeyLine(body.key).sha256;
  };
  const page = new URL(`${address}/user/settings/keys`);
  page.searchParams.set('verify_ssh', await readKey());
  return { read: readKey, isUntold: true, page: { comesBack: false, address: page } };
}

const remoteKeySchema = z.object({ key: z.string().max(20_000).regex(sshLinePattern) });
