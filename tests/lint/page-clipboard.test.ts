import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

// Copying by the page works in every browser and in no Electron of ours, so no test of a page would tell.

const root = join(import.meta.dirname, '..', '..');

async function complaints(code: string): Promise<(string | null)[]> {
  const results = await new ESLint({ cwd: root }).lintText(code, { filePath: join(root, 'renderer/host/host.ts') });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
}

it.each([
  ["export const copy = () => navigator.clipboard.writeText('');", 'no-restricted-properties'],
  ['const { clipboard } = navigator;\nexport const copy = clipboard;', 'no-restricted-properties'],
  ["export const copy = () => globalThis.navigator.clipboard.writeText('');", 'no-restricted-syntax'],
])('X12 the renderer asks no clipboard of the page: %s', async (code, rule) => {
  expect(await complaints(code)).toEqual([rule]);
});
