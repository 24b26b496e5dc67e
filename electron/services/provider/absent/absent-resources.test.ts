import { describe, expect, it } from 'vitest';
import { absentResources } from './absent-resources.ts';

const notOffered = { kind: 'not-offered' };

describe('R1 what a service does not know', () => {
  it('is told as a state where a screen reads it', async () => {
    expect((await absentResources.sshKeysState()).access).toEqual(notOffered);
    expect((await absentResources.apiKeyState()).access).toEqual(notOffered);
    expect((await absentResources.accessKeysState()).access).toEqual(notOffered);
    expect((await absentResources.linkedAccounts()).access).toEqual(notOffered);
    expect((await absentResources.mfaStatus()).offers).toEqual([]);
    expect((await absentResources.reauthWindow()).proofs, 'no proof is asked for').toEqual([]);
    expect(await absentResources.pendingEmail()).toBeNull();
  });

  it('is refused as an act', async () => {
    const refused = expect.objectContaining({ code: 'not-offered' }) as Error;
    await expect(absentResources.readSessions()).rejects.toEqual(refused);
    await expect(absentResources.deleteAccount('a@b.example')).rejects.toEqual(refused);
    await expect(absentResources.changePassword({ current: 'a', next: 'b', endOtherSessions: true })).rejects.toEqual(
      refused,
    );
    await expect(absentResources.handOff('password.change')).rejects.toEqual(refused);
  });
});
