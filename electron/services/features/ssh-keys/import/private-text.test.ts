import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { looksPrivate } from '../../../../../shared/private-text.ts';

const keys = [
  ...['P-256', 'P-384', 'P-521'].map((namedCurve) => generateKeyPairSync('ec', { namedCurve })),
  ...[1_024, 2_048].map((modulusLength) => generateKeyPairSync('rsa', { modulusLength })),
  generateKeyPairSync('ed25519'),
];
const bodyOf = (pem: string | Buffer) =>
  pem
    .toString()
    .replace(/-----.*-----/g, '')
    .trim();

describe('K6 a text looks private', () => {
  it.each(keys)('K6 if it is one in DER, without its first line: %#', ({ privateKey }) => {
    const forms = (['pkcs8', 'sec1', 'pkcs1'] as const).filter(
      (type) => type === 'pkcs8' || privateKey.asymmetricKeyType === (type === 'sec1' ? 'ec' : 'rsa'),
    );
    for (const type of forms)
      expect(looksPrivate(`x ${bodyOf(privateKey.export({ type: type as 'pkcs8', format: 'pem' }))}`)).toBe(true);
  });

  it.each(keys)('K6 and not if it is public: %#', ({ publicKey }) => {
    expect(looksPrivate(bodyOf(publicKey.export({ type: 'spki', format: 'pem' })))).toBe(false);
  });

  it.each([
    'My private key',
    'PRIVATE KEY of the laptop',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJc3 mara@work',
    'SHA256:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq',
    '',
  ])('K6 and not if it only speaks of one: %j', (text) => {
    expect(looksPrivate(text)).toBe(false);
  });
});
