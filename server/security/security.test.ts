import { describe, expect, it } from 'vitest';
import { argon2id } from './passwords.ts';
import { createReadablePassword } from './readable-password.ts';
import { createToken, hashToken } from './tokens.ts';

describe('D7 passwords', () => {
  it('are kept as Argon2id with 19 MiB, 2 passes and 1 lane, salted', async () => {
    const [first, second] = await Promise.all([argon2id.hash('geheim'), argon2id.hash('geheim')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(await argon2id.verify(first, 'geheim')).toBe(true);
    expect(await argon2id.verify(first, 'Geheim')).toBe(false);
  });

  it('are the same however the keyboard composes them', async () => {
    expect(await argon2id.verify(await argon2id.hash('pässwörd'.normalize('NFC')), 'pässwörd'.normalize('NFD'))).toBe(
      true,
    );
  });
});

describe('D7 made passwords', () => {
  it('are 20 unmistakable characters in four groups, different each time', () => {
    const made = Array.from({ length: 200 }, createReadablePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made)
      expect(password).toMatch(/^(?=.*\d)(?=.*[a-z])([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  });

  it('draw on the whole alphabet (31 characters, so 99 bits)', () => {
    expect(new Set(Array.from({ length: 200 }, createReadablePassword).join('').replaceAll('-', '')).size).toBe(31);
  });
});

describe('D7 tokens', () => {
  it('have 256 bits and are kept as SHA-256', () => {
    expect(Buffer.from(createToken(), 'base64url')).toHaveLength(32);
    expect(createToken()).not.toBe(createToken());
    expect(hashToken('abc')).toBe(
      Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex').toString('base64url'),
    );
  });
});
