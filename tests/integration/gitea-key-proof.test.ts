import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSshKey, run, startSshAgent } from '../support/ssh-tools.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openGitea, type GiteaUnderTest } from './gitea-under-test.ts';

function makePem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

async function addOwnKey(
  { app }: GiteaUnderTest,
  accountId: string,
  text = makePem(),
  keepPrivate = true,
): Promise<string> {
  const { batch } = await app.calls.sshKeys.importPasted({ accountId, batchId: null, text });
  const rows = [{ rowId: batch.rows[0]!.rowId, title: 'Laptop', keepPrivate }];
  const { snapshot } = await app.calls.sshKeys.add({ batchId: batch.batchId, rows });
  return snapshot!.keys[0]!.id;
}

/** As a browser does in which Ada is signed in: the form is the one of the page that the app opened. */
async function handIn({ gitea, ada }: GiteaUnderTest, page: URL, signature: string): Promise<number> {
  const post = (path: string, fields: Record<string, string>, cookie = '') =>
    fetch(gitea.address + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams(fields),
    });
  const signedIn = await post('/user/login', { user_name: 'ada', password: ada.password });
  const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
  const form = await (await fetch(gitea.address + page.pathname + page.search, { headers: { cookie } })).text();
  const [, fingerprint] = /name="fingerprint" value="([^"]+)"/.exec(form) ?? [];
  return (await post(page.pathname, { type: 'verify_ssh', fingerprint: fingerprint!, signature }, cookie)).status;
}

describe('R5 K9 proof of a key at Gitea', () => {
  it('is signed here, handed in on its page, and then the key is verified there', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const keyId = await addOwnKey(at, accountId);
    const { canVerify, proofPage } = await at.app.calls.sshKeys.list({ accountId, from: 'provider' });
    expect([canVerify, proofPage]).toEqual([false, new URL(at.target.address).host]);
    const before = Date.now();
    const { signature, expiresAt } = await at.app.calls.sshKeys.signProof({ accountId, keyId });
    // What a minute makes counts within that minute and the next one.
    expect(Date.parse(expiresAt) - before).toBeGreaterThan(58_000);
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(120_000);
    const begun = await at.app.calls.handOff.begin({ accountId, operation: 'sshKeys.verify', of: keyId });
    expect(begun).toMatchObject({ comesBack: false, isUntold: true });
    expect(await handIn(at, at.opened.at(-1)!, signature)).toBe(303);
    expect(at.gitea.state.keys.map(({ verified }) => verified)).toEqual([true]);
  });

  it('takes the private half, which may be in the agent', async () => {
    using folder = makeTempFolder();
    const agentPath = join(folder.path, 'agent');
    await using _agent = await startSshAgent(agentPath);
    const made = await makeSshKey(folder.path, 'ed25519', 256);
    const at = await openGitea({}, { ssh: { folder: folder.path, agentPath, startKeyWorker } });
    const accountId = await at.signIn(at.makeToken('write:user'));
    const keyId = await addOwnKey(at, accountId, readFileSync(made.path, 'utf8'), false);
    await expect(at.app.calls.sshKeys.signProof({ accountId, keyId })).rejects.toMatchObject({ code: 'not-found' });
    await run('ssh-add', ['-q', made.path], { env: { SSH_AUTH_SOCK: agentPath } });
    const { signature } = await at.app.calls.sshKeys.signProof({ accountId, keyId });
    await at.app.calls.handOff.begin({ accountId, operation: 'sshKeys.verify', of: keyId });
    expect(await handIn(at, at.opened.at(-1)!, signature)).toBe(303);
  });

  it('names the key, and one that is not there leads nowhere', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    for (const of of [undefined, '4711', '../keys'])
      await expect(
        at.app.calls.handOff.begin({ accountId, operation: 'sshKeys.verify', ...(of !== undefined && { of }) }),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^not-(?:found|offered)$/) as string });
    expect(at.opened).toEqual([]);
  });

  it('signs nothing but a challenge of Gitea, whatever the service asks for', async () => {
    const at = await openGitea();
    const accountId = await at.signIn(at.makeToken('write:user'));
    const keyId = await addOwnKey(at, accountId);
    at.gitea.state.options.challenge = 'tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904';
    await expect(at.app.calls.sshKeys.signProof({ accountId, keyId })).rejects.toMatchObject({
      code: 'untrusted-answer',
    });
  });
});
