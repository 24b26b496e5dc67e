import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findStored, versionsOf } from '../faults/stored/find-stored.ts';
import { samples } from '../faults/stored/samples.ts';

const root = join(import.meta.dirname, '..', '..');
const { documents } = await findStored();

describe('D5 what lies on the disk', () => {
  it('has a sample of each version that is read, in tests/faults/stored/samples.ts', () => {
    expect(documents.map(({ name }) => name).toSorted()).toEqual(Object.keys(samples).toSorted());
    for (const { name, value } of documents) {
      const kept = samples[name]!.map((sample) => value.schema.parse(sample) as { version: number });
      const versions = new Set(kept.map(({ version }) => version));
      expect([...versions].toSorted(), name).toEqual(versionsOf(value.schema).toSorted());
    }
  });

  it('is sealed under the newest version of its schema, and reads those before', () => {
    for (const { name, value } of documents) expect(value.version, name).toBe(Math.max(...versionsOf(value.schema)));
  });

  it('has a name of its own', () => {
    const names = documents.map(({ value }) => value.name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('is known to the app of a later version, tests/faults/stored/app-of-a-version.ts', () => {
    const program = readFileSync(join(root, 'tests/faults/stored/app-of-a-version.ts'), 'utf8');
    const files = documents.map(({ file }) => file);
    expect(files.filter((file) => !program.includes(`/${file}'`))).toEqual([]);
  });

  it('is described in a *.stored.ts, where tests find it', () => {
    const sources = globSync('electron/services/**/*.ts', { cwd: root, exclude: ['**/*.test.ts', '**/testing/**'] });
    expect(sources.length).toBeGreaterThan(100);
    const elsewhere = sources.filter((file) =>
      /(createAccountDocuments\(\w+, |\.document\()\{(?! \.\.\.spec, name: `\$\{prefix)/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    );
    expect(elsewhere).toEqual([]);
  });
});
