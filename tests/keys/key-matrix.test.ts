import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawRandomart, inspectKey, type KeyInspection, readKey } from '../../ssh-keys/index.ts';
import { sayKeyProblems } from '../../scripts/say-key-problems.ts';
import { run, writeKeyFile } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { comment, hasKeyTools, makeMatrix, passphrase, type MatrixFile } from './key-matrix.ts';

const root = join(import.meta.dirname, '..', '..');

describe.skipIf(!hasKeyTools())('every form that ssh-keygen, openssl and puttygen write', () => {
  const folder = makeTempFolder();
  let files: MatrixFile[] = [];

  beforeAll(async () => {
    files = await makeMatrix(folder.path);
  });
  afterAll(() => folder[Symbol.dispose]());

  /** What is wrong with each file, by its path; empty if all are as they should be. */
  async function findWrong(
    wanted: readonly MatrixFile[],
    check: (file: MatrixFile, content: Buffer) => Promise<unknown>,
  ): Promise<unknown[]> {
    const wrong: unknown[] = [];
    for (const file of wanted) {
      try {
        await check(file, readFileSync(file.path));
      } catch (error) {
        wrong.push(`${file.path}: ${String(error)}`);
      }
    }
    return wrong;
  }

  it('K1 K2 K3: each is read as ssh-keygen reads it: type, bits, fingerprints, comment', async () => {
    expect(files.length).toBeGreaterThan(400);
    expect(
      await findWrong(files, async (file, content) =>
        expect(await inspectKey(content, passphrase)).toEqual(expectedOf(file)),
      ),
    ).toEqual([]);
  });

  it('K3: the randomart of each key is that of ssh-keygen, character for character', async () => {
    const check = async ({ reference }: MatrixFile, content: Buffer) => {
      const { facts } = await readKey(content, passphrase);
      expect(drawRandomart(facts.publicKey!)).toBe(reference.randomart);
    };
    expect(
      await findWrong(
        files.filter(({ isEncrypted }) => !isEncrypted),
        check,
      ),
    ).toEqual([]);
    for (const { path } of files.filter(({ isCertificate }) => isCertificate)) {
      const [, ...picture] = (await run('ssh-keygen', ['-l', '-v', '-f', path])).trimEnd().split('\n');
      const { facts } = await readKey(readFileSync(path));
      expect(drawRandomart(facts.publicKey!, true)).toBe(picture.join('\n'));
    }
  });

  it('K2: an encrypted one asks for its passphrase, and tells a wrong one', async () => {
    const encrypted = files.filter(({ isEncrypted }) => isEncrypted);
    const check = async ({ format, reference }: MatrixFile, content: Buffer) => {
      const sha256 = format === 'openssh' || format.startsWith('ppk') ? reference.sha256 : null;
      expect(await inspectKey(content)).toMatchObject({
        verdict: 'needs-passphrase',
        kind: 'private',
        format,
        encrypted: true,
        sha256,
      });
      expect(await inspectKey(content, 'wrong')).toMatchObject({
        verdict: 'wrong-passphrase',
        kind: 'private',
        format,
        encrypted: true,
        sha256,
      });
    };
    expect(await findWrong(encrypted, check)).toEqual([]);
  });

  it('K1: any width of lines, any line end, marks and empty lines make no difference', async () => {
    const check = async (file: MatrixFile, content: Buffer) => {
      for (const variant of variantsOf(content.toString())) expect(await inspectKey(variant)).toEqual(expectedOf(file));
    };
    expect(
      await findWrong(
        files.filter(({ isEncrypted }) => !isEncrypted),
        check,
      ),
    ).toEqual([]);
  });

  it('K2: under BoringSSL, as in Electron, every answer is the same', async () => {
    const phraseFile = writeKeyFile(folder.path, 'phrase', `${passphrase}\n`);
    const args = [
      join(root, 'scripts', 'inspect-key.ts'),
      '--json',
      '--passphrase-file',
      phraseFile,
      ...files.map(({ path }) => path),
    ];
    const lines = (await run(join(root, 'node_modules', '.bin', 'bun'), args)).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
      files.map((file) => {
        const { problems, ...facts } = expectedOf(file);
        return { file: file.path, ...facts, reason: sayKeyProblems(problems), origin: originOf(file) };
      }),
    );
  });
});

/** Whose key it is told to be (K6); whether the private half of a public one is found is for the tests of that. */
function originOf(file: MatrixFile): unknown {
  return expectedOf(file).kind === 'private' ? 'own' : expect.stringMatching(/^(own|public-only)$/);
}

function expectedOf({ format, isEncrypted, isCertificate, reference }: MatrixFile): KeyInspection {
  const { bits, sha256, md5 } = reference;
  const isPrivate = !format.endsWith('public') && format !== 'rfc4716';
  const hasComment = format.startsWith('openssh') || format.startsWith('ppk') || format === 'rfc4716';
  return {
    bits,
    sha256,
    md5,
    type: isCertificate ? certificateType(reference.type) : reference.type,
    kind: isCertificate ? 'certificate' : isPrivate ? 'private' : 'public',
    format: format as KeyInspection['format'],
    encrypted: isEncrypted,
    comment: format === 'rfc4716' ? (expect.any(String) as string) : hasComment ? comment : null,
    ...(isCertificate ? { verdict: 'unsupported' } : verdictOf(reference)),
    ...(isCertificate ? { problems: [{ code: 'certificate' }] } : {}),
  } as KeyInspection;
}

function verdictOf({ type, bits }: MatrixFile['reference']): Pick<KeyInspection, 'verdict' | 'problems'> {
  if (type === 'ssh-dss') return { verdict: 'refused', problems: [{ code: 'dsa' }] };
  if (type === 'ssh-rsa' && bits < 3072)
    return { verdict: 'advised-against', problems: [{ code: 'rsa-short', bits, advised: 3_072 }] };
  return { verdict: 'accepted', problems: [] };
}

function certificateType(type: string): string {
  return `${type.replace('@openssh.com', '')}-cert-v01@openssh.com`;
}

function variantsOf(text: string): Uint8Array[] {
  const hasLines = text.startsWith('--');
  const body = /(?<=-----\n)[A-Za-z0-9+/=\n]+(?=-----END)/;
  const widths =
    hasLines && body.test(text)
      ? [1, 40, 76, 5_000].map((width) =>
          text.replace(
            body,
            (base64) =>
              `${base64
                .replaceAll('\n', '')
                .match(new RegExp(`.{1,${width}}`, 'g'))
                ?.join('\n')}\n`,
          ),
        )
      : [];
  const variants = [
    text.replaceAll('\n', '\r\n'),
    text.replaceAll('\n', '\r'),
    `\uFEFF${text}`,
    text.trimEnd(),
    `\n\n${text}\n\n`,
    ...widths,
  ];
  return [...variants.map((variant) => Buffer.from(variant)), Buffer.from(`\uFEFF${text}`, 'utf16le')];
}
