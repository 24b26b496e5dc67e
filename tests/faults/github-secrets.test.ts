import { describe, expect, it } from 'vitest';
import { everyScope, openGithub } from '../integration/github-under-test.ts';
import { noKeyWrapper, openKeyWrapper } from '../integration/services-under-test.ts';
import { findSecrets, listFiles } from '../support/find-secrets.ts';
import { createListeningLog } from '../support/listening-log.ts';

describe('D2 D3 R2 R6 after a run with GitHub', () => {
  it.each([
    ['open', openKeyWrapper],
    ['absent', noKeyWrapper],
  ])(
    'no token or code is in a file, a log, or anything that a screen was told, key store %s',
    async (state, keyWrapper) => {
      const { lines, log } = createListeningLog();
      const at = await openGithub({}, { keyWrapper, log });
      const { github } = at;
      const [lasting, renewed] = [github.addApp(), github.addApp({ renews: true })];
      const pasted = github.addToken(at.ada, everyScope, new Date(Date.now() + 86_400_000));
      const fine = github.addFineGrained(at.ada, { git_ssh_keys: 'read' });
      const wrong = 'ghp_fffffffffffffffffffffffffffffffffff';
      const accountId = await at.signIn(pasted);
      const { calls } = at.app;
      const { attempt, userCode } = await calls.auth.beginDeviceSignIn({
        kind: 'github',
        target: at.target,
        clientId: lasting.clientId,
      });
      const deviceCodes = github.state.codes.map(({ deviceCode }) => deviceCode);
      github.typeCode(userCode, null);
      const told: unknown[] = [
        // Refusals are what a log has most of.
        ...(await Promise.allSettled([calls.auth.finishDeviceSignIn({ attempt }), at.signIn(wrong), at.signIn(fine)])),
        await at.read(accountId),
        await at.signInByCode(lasting.clientId),
        await at.signInByCode(renewed.clientId, undefined, at.bo),
        await calls.accounts.list(),
        await calls.sshKeys.list({ accountId, from: 'provider' }),
        await calls.emails.list({ accountId, from: 'provider' }),
        await calls.handOff.begin({ accountId, operation: 'email.change' }),
      ];
      const values = [...github.state.tokens.map(({ value }) => value), ...github.state.refreshTokens.keys()];
      told.push(await calls.auth.signOut({ accountId, forget: false, revoke: true }));
      const secrets = [...new Set([...values, pasted, fine, wrong, ...deviceCodes])];
      expect(secrets.length, 'of each way there is one').toBeGreaterThanOrEqual(6);
      const said = JSON.stringify([told, at.app.events]);
      await at.restart();
      expect(listFiles(at.folder).length > 0).toBe(state === 'open');
      expect(findSecrets(at.folder, secrets)).toEqual([]);
      expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
      expect(secrets.filter((secret) => lines.join('\n').includes(secret))).toEqual([]);
      expect(at.app.internal).toEqual([]);
    },
  );
});
