import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { expect, it } from 'vitest';
import { ofColours, wcag } from '../support/find-faults.ts';

// The screens are judged by all rules of axe in one theme, and in the other by those that look at colours.

const root = join(import.meta.dirname, '../..');
const files = globSync('renderer/**/*.{css,vue,ts,html}', { cwd: root });
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const styles = files
  .filter((file) => file.endsWith('.css'))
  .map(read)
  .join('\n');

it('X13 a theme is a choice between two colours each, wherever it is looked at', () => {
  const choices = [...styles.matchAll(/light-dark\(((?:[^()]|\([^()]*\))*)\)/g)].map(([, colours]) => colours!);
  expect(choices.length).toBeGreaterThan(20);
  const colour = String.raw`(?:#[\da-f]{3,8}|rgb\([\d\s./]+\))`;
  expect(choices.filter((colours) => !new RegExp(`^${colour}, ${colour}$`).test(colours))).toEqual([]);
});

it('X13 nothing else depends on it', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => read(file).includes('prefers-color-scheme'))).toEqual([]);
  const variant = /\bdark:[a-z[]/;
  expect(files.filter((file) => /\.(css|vue)$/.test(file) && variant.test(read(file)))).toEqual([]);
  const chosen = [...styles.matchAll(/\[data-theme[^{}]*\{([^{}]*)\}/g)].map(([, declarations]) =>
    declarations!.trim(),
  );
  expect(chosen).toEqual(['color-scheme: light;', 'color-scheme: dark;']);
});

it('X13 the rules for the second theme are all of those that look at colours', () => {
  const rules = axe.getRules(['cat.color']).filter(({ tags }) => tags.some((tag) => wcag.includes(tag)));
  expect(rules.map(({ ruleId }) => ruleId).sort()).toEqual([...ofColours].sort());
});
