import { describe, expect, it } from 'vitest';
import { bindNonce as bindAtServer } from '../../../../server/features/identities/bind-nonce.ts';
import { bindNonce } from './linked-accounts.ts';

describe('C3 the nonce of an authorization request', () => {
  it('is bound to the origin of the profile service, however its address is written', () => {
    const bound = bindNonce('n1', 'https://profile.example');
    // printf 'n1.https://profile.example' | openssl dgst -sha256 -binary | basenc --base64url
    expect(bound).toBe('WoIyVRCFviCSr-eIcRl1PIGM8W3TichTVVcaNBlntOg');
    for (const address of ['https://Profile.Example:443', 'https://profile.example/api/'])
      expect(bindNonce('n1', address)).toBe(bound);
    for (const address of [
      'http://profile.example',
      'https://profile.example:8443',
      'https://profile.example.evil.example',
    ])
      expect(bindNonce('n1', address)).not.toBe(bound);
    expect(bindAtServer('n1', 'https://profile.example')).toBe(bound);
  });
});
