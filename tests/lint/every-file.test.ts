import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestUserConfig } from 'vitest/node';
import { layers } from '../../scripts/layers.ts';
import config from '../../vitest.config.ts';

const files = globSync('*/**/*.ts', {
  cwd: join(import.meta.dirname, '../..'),
  exclude: ['node_modules', 'dist', 'release'],
});

// A folder that nobody named would look like one that is in order.
describe('npm test leaves nothing out', () => {
  it('runs each file of tests', () => {
    const projects = (config as { test: { projects: readonly { test: TestUserConfig }[] } }).test.projects;
    const patterns = projects.flatMap(({ test }) => test.include ?? []);
    const tests = files.filter((file) => file.endsWith('.test.ts'));
    expect(tests.length).toBeGreaterThan(100);
    expect(tests.filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
  });

  it('checks the types of each file', () => {
    // Those beside package.json belong to the types of the tests.
    expect(files.filter((file) => !layers.some(({ folder }) => file.startsWith(`${folder}/`)))).toEqual([]);
  });
});

// Vitest shows what the console was told where a test fails, and only there. What goes past it stands between the lines
// of tests that passed.
it('what helps tests tells nothing past the runner', () => {
  const programs = new Set([
    'tests/faults/stored/app-of-a-version.ts',
    'tests/faults/importer.ts',
    'tests/faults/joint-writer.ts',
    'tests/faults/key-pair-writer.ts',
    'tests/faults/passphrase-changer.ts',
    'tests/faults/writer.ts',
    'tests/keyring/keyring-user.ts',
  ]);
  const helpers = files.filter(
    (file) =>
      /^(?:tests\/(?!e2e|bench|lint)|(?:server|ssh-keys|renderer|electron\/services)\/testing\/)/.test(file) &&
      !programs.has(file),
  );
  expect(helpers).toContain('server/testing/test-server.ts');
  const tells = (file: string) =>
    /process\.std(?:err|out)\.write/.test(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'));
  expect(helpers.filter(tells)).toEqual([]);
});

it('waits as long as vitest.config.ts says, not the one second of vi.waitFor', () => {
  const waits = (file: string) =>
    /\bvi\.wait(?:For|Until)\(/.test(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'));
  expect(files.filter(waits)).toEqual([]);
});
