import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../../electron/services/testing/test-storage.ts';
import { disguisesOf, findSecrets } from '../support/find-secrets.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const secrets = Array.from({ length: 12 }, () => `seed-${randomBytes(15).toString('hex')}`);

describe('D3 after a run', () => {
  it.each(['open', 'absent'] as const)('none of 12 secrets is found in any file, key store %s', async (state) => {
    using folder = makeTempFolder();
    const keyWrapper = createTestKeyWrapper();
    keyWrapper.is = state;
    const storage = startStorage(folder.path, keyWrapper);
    for (const [n, secret] of secrets.entries()) {
      const document = storage.document(noteSpec(`note-${n}.sealed`));
      await document.write({ text: secret });
      await document.write({ text: `${secret} again, longer` });
      if (n % 3 === 0) await document.remove();
    }
    expect(readdirSync(folder.path).length).toBe(state === 'open' ? 10 : 0);
    expect(findSecrets(folder.path, secrets)).toEqual([]);
  });

  it('would be found: the search finds each disguise', () => {
    for (const secret of secrets) {
      const contents = [
        secret,
        `x${secret}`,
        ...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${secret}xyz`).toString('base64')),
        Buffer.from(secret).toString('hex'),
      ].map((text) => Buffer.from(text));
      for (const content of [...contents, Buffer.from(`é${secret}`, 'utf16le')]) {
        expect(disguisesOf(secret).some((bytes) => content.includes(bytes))).toBe(true);
      }
    }
  });
});
