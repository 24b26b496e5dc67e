import { describe, expect, it } from 'vitest';
import { openGitea } from '../integration/gitea-under-test.ts';
import { noKeyWrapper, openKeyWrapper } from '../integration/services-under-test.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { createListeningLog } from '../support/listening-log.ts';

describe('D2 D3 R2 R5 after a run with Gitea', () => {
  it.each([
    ['open', openKeyWrapper],
    ['absent', noKeyWrapper],
  ])('no token is in a file, a log, or anything that a screen was told, key store %s', async (state, keyWrapper) => {
    const { lines, log } = createListeningLog();
    const at = await openGitea({ version: '1.26.0' }, { keyWrapper, log });
    const [token, weak, wrong] = [at.makeToken('write:user'), at.makeToken('write:repository'), 'f'.repeat(40)];
    const accountId = await at.signIn(token);
    const { calls } = at.app;
    const told: unknown[] = [
      // Refusals are what a log has most of.
      ...(await Promise.allSettled([at.signIn(wrong), at.signIn(weak)])),
      await at.read(accountId),
      await calls.accounts.list(),
      await calls.sshKeys.list({ accountId, from: 'provider' }),
      await calls.handOff.begin({ accountId, operation: 'email.change' }),
      await calls.auth.signOut({ accountId, forget: false, revoke: true }),
    ];
    const basic = Buffer.from(`ada:${token}`).toString('base64');
    expect(at.proxy.asked(), 'how the token is deleted').toContain(basic);
    const secrets = [token, weak, wrong, basic];
    const said = JSON.stringify([told, at.app.events]);
    await at.restart();
    expect(listFiles(at.folder).length > 0).toBe(state === 'open');
    expect(findSecrets(at.folder, secrets)).toEqual([]);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    expect(secrets.filter((secret) => lines.join('\n').includes(secret))).toEqual([]);
    expect(at.app.internal).toEqual([]);
  });
});
