import { describe, expect, it } from 'vitest';
import type { ReturningPage } from '../../provider/account-hand-off.ts';
import { openPage } from './open-page.ts';

const target = { kind: 'address', address: 'https://id.example/realms/staff' } as const;
const stays = (address: string) => ({ page: { comesBack: false, address: new URL(address) } }) as const;
const elsewhere = { code: 'untrusted-answer', details: { reason: 'page-elsewhere' } };

describe('R1 the page of a hand-off', () => {
  it('is the service’s own', async () => {
    const { address, comesBack } = await openPage(stays('https://id.example/settings'), target);
    expect([address.href, comesBack]).toEqual(['https://id.example/settings', false]);
  });

  it.each([
    'https://id.example.evil/settings',
    'https://id.example:8443/settings',
    'http://id.example/settings',
    'https://ada@id.example/settings',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('is not opened elsewhere: %s', async (address) => {
    await expect(openPage(stays(address), target)).rejects.toMatchObject(elsewhere);
    await expect(openPage(stays(address), { kind: 'embedded' })).rejects.toMatchObject(elsewhere);
  });

  it('comes back to a port where nobody listens any more once it was refused', async () => {
    let back = '';
    const page: ReturningPage = {
      comesBack: true,
      async addressFor({ redirectUri }) {
        back = redirectUri;
        return new URL('https://elsewhere.example');
      },
      claimOf: () => 'done',
    };
    await expect(openPage({ page }, target)).rejects.toMatchObject(elsewhere);
    await expect(fetch(back)).rejects.toThrow();
  });

  it('claims nothing where something else came to that port', async () => {
    let back = '';
    const page: ReturningPage = {
      comesBack: true,
      async addressFor({ redirectUri }) {
        back = redirectUri;
        return new URL('https://id.example/auth');
      },
      claimOf: () => 'done',
    };
    const open = await openPage({ page }, target);
    await fetch(`${back}?state=guessed&kc_action_status=success`);
    expect(await open.claim).toBe('unknown');
    open.close();
  });
});
