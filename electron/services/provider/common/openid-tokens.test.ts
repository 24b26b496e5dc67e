import { expect, it } from 'vitest';
import { createOpenIdTokens } from './openid-tokens.ts';

it('D5 R4 R5 a renewal at a service that cannot be reached says why, and blames no identity provider', async () => {
  const { refresh } = createOpenIdTokens({ clock: { now: () => 0 }, transport: {}, usualLifetimeSeconds: 300 });
  // Nobody listens there.
  await expect(refresh('http://127.0.0.1:9', 'refresh', 'desk')).rejects.toMatchObject({
    code: 'offline',
    details: { reason: 'connection-refused' },
  });
});
