import { describe, expect, it } from 'vitest';
import { openGitlab } from '../integration/gitlab-under-test.ts';
import { noKeyWrapper, openKeyWrapper } from '../integration/services-under-test.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { createListeningLog } from '../support/listening-log.ts';

describe('D2 D3 R2 R7 after a run with GitLab', () => {
  it.each([
    ['open', openKeyWrapper],
    ['absent', noKeyWrapper],
  ])('no token is in a file, a log, or anything that a screen was told, key store %s', async (state, keyWrapper) => {
    const { lines, log } = createListeningLog();
    const at = await openGitlab({}, { keyWrapper, log });
    const [token, weak, wrong] = [at.makeToken('api'), at.makeToken('read_repository'), 'glpat-wrongwrongwrong123'];
    const accountId = await at.signIn(token);
    const { calls } = at.app;
    const told: unknown[] = [
      // Refusals are what a log has most of.
      ...(await Promise.allSettled([at.signIn(wrong), at.signIn(weak)])),
      await at.read(accountId),
      await calls.accounts.list(),
      await calls.sshKeys.list({ accountId, from: 'provider' }),
      await calls.emails.list({ accountId, from: 'provider' }),
      await calls.handOff.begin({ accountId, operation: 'email.change' }),
      await calls.auth.signOut({ accountId, forget: false, revoke: true }),
    ];
    expect(at.proxy.asked(), 'how the token goes').toContain(token);
    const secrets = [token, weak, wrong];
    const said = JSON.stringify([told, at.app.events]);
    await at.restart();
    expect(listFiles(at.folder).length > 0).toBe(state === 'open');
    expect(findSecrets(at.folder, secrets)).toEqual([]);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    expect(secrets.filter((secret) => lines.join('\n').includes(secret))).toEqual([]);
    expect(at.app.internal).toEqual([]);
  });
});
