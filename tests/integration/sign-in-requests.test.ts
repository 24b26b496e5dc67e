import { describe, expect, it } from 'vitest';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { platform } from '../../server/presets/platform.ts';
import { openAccount } from './account-under-test.ts';

const always = ['GET /me', 'GET /me/avatar', 'GET /me/contact', 'GET /meta'];

describe('W1 a sign-in and the profile that follows', () => {
  it.each([
    { preset: controlAccount, more: ['GET /me/notifications'] },
    { preset: contactCenter, more: ['GET /me/workplace'] },
    { preset: platform, more: [] },
  ])('take at most six requests at $preset.id, and the next look reads anew', async ({ preset, more }) => {
    await using account = await openAccount(preset);
    const { app, accountId, network } = account;
    const reading = [...always, ...more].toSorted();
    expect(network.requests().toSorted()).toEqual([...reading, 'POST /auth/sign-in']);
    expect(network.requests().length).toBeLessThanOrEqual(6);
    const shown = await app.calls.profile.get({ accountId, from: 'provider' });
    expect(shown).toMatchObject({ accountId, source: 'provider' });
    expect(
      network
        .requests()
        .slice(reading.length + 1)
        .toSorted(),
    ).toEqual(reading);
  });
});
