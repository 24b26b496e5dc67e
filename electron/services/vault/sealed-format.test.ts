import { createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveDocumentKey, open, seal, type Label } from './sealed-format.ts';

const vaultKey = randomBytes(32);
const label: Label = { name: 'a.sealed', what: 'profile', account: 'account-1' };
const key = deriveDocumentKey(vaultKey, label.name);
const sealText = (text = 'hello', by: Label = label): Buffer =>
  seal(key, by, { schemaVersion: 1, generation: 7, plaintext: Buffer.from(text) });

describe('D3 sealed format', () => {
  it('opens to what was sealed', () => {
    const opened = open(key, label, sealText('Grüße 👋'));
    expect(opened).toEqual({
      kind: 'content',
      content: { schemaVersion: 1, generation: 7, plaintext: Buffer.from('Grüße 👋') },
    });
  });

  it('opens an empty content, and the highest numbers', () => {
    const content = { schemaVersion: 2 ** 32 - 1, generation: 2 ** 48 - 1, plaintext: Buffer.alloc(0) };
    expect(open(key, label, seal(key, label, content))).toEqual({ kind: 'content', content });
  });

  it('is AES-256-GCM as documented: another reader of the same layout opens it', () => {
    const file = sealText('hello');
    const decipher = createDecipheriv('aes-256-gcm', key, file.subarray(15, 27));
    decipher.setAAD(Buffer.concat([file.subarray(0, 15), Buffer.from('["a.sealed","profile","account-1"]')]));
    decipher.setAuthTag(file.subarray(-16));
    expect(decipher.update(file.subarray(27, -16), undefined, 'utf8') + decipher.final('utf8')).toBe('hello');
    expect(file.toString('latin1', 0, 4)).toBe('PDsf');
    expect([file.readUInt8(4), file.readUInt32BE(5), file.readUIntBE(9, 6)]).toEqual([1, 1, 7]);
  });

  it('never seals the same content to the same bytes', () => {
    const nonces = Array.from({ length: 500 }, () => sealText().toString('hex', 15, 27));
    expect(new Set(nonces).size).toBe(500);
  });

  it.each<[string, Partial<Label>]>([
    ['file', { name: 'b.sealed' }],
    ['kind', { what: 'secrets' }],
    ['account', { account: 'account-2' }],
  ])('does not open as another %s', (_, other) => {
    expect(open(key, { ...label, ...other }, sealText())).toEqual({ kind: 'damaged' });
  });

  it('keeps the parts of a label apart', () => {
    const file = sealText('x', { name: 'ab', what: 'c', account: 'd' });
    expect(open(key, { name: 'a', what: 'bc', account: 'd' }, file)).toEqual({ kind: 'damaged' });
    expect(open(key, { name: 'ab","c', what: 'd', account: '' }, file)).toEqual({ kind: 'damaged' });
  });

  it('does not open with another key', () => {
    expect(open(randomBytes(32), label, sealText())).toEqual({ kind: 'damaged' });
  });

  it('tells a later format from damage', () => {
    const file = sealText();
    file.writeUInt8(2, 4);
    expect(open(key, label, file)).toEqual({ kind: 'newer-format' });
    file.writeUInt8(0, 4);
    expect(open(key, label, file)).toEqual({ kind: 'damaged' });
  });

  it('does not open what is no sealed file at all', () => {
    for (const file of ['', 'P', 'PDsf', '{"version":1}', '\0'.repeat(100)])
      expect(open(key, label, Buffer.from(file))).toEqual({ kind: 'damaged' });
  });
});

describe('D3 document keys', () => {
  it('are HKDF-SHA-256 of the vault key (RFC 5869 sections 2.2 and 2.3)', () => {
    const hmac = (secret: Uint8Array, data: string): Buffer =>
      createHmac('sha256', secret).update(data, 'latin1').digest();
    const pseudoRandomKey = createHmac('sha256', Buffer.alloc(32)).update(vaultKey).digest();
    expect(deriveDocumentKey(vaultKey, 'a.sealed')).toEqual(
      hmac(pseudoRandomKey, 'profile-desk document 1: a.sealed\x01'),
    );
  });

  it('differ by document and by vault key', () => {
    const keys = [
      deriveDocumentKey(vaultKey, 'a'),
      deriveDocumentKey(vaultKey, 'b'),
      deriveDocumentKey(randomBytes(32), 'a'),
      vaultKey,
    ];
    expect(new Set(keys.map((each) => each.toString('hex'))).size).toBe(4);
  });
});
