import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('A1 an input method’s own keys', () => {
  it('is asked about wherever a template acts on Enter or Escape', () => {
    const acting = globSync('renderer/**/*.vue').flatMap((path) => {
      const source = readFileSync(path, 'utf8');
      return [...source.matchAll(/@keydown\.(?:enter|esc)[\w.]*="(?<handler>[^"]*)"/g)].map(({ groups }) => ({
        path,
        handler: groups?.['handler'] ?? '',
        source,
      }));
    });
    expect(acting.length).toBeGreaterThan(2);
    const unguarded = acting.filter(({ handler, source }) => !source.includes(`const ${handler} = ownKeys(`));
    expect(unguarded.map(({ path, handler }) => `${path}: ${handler}`)).toEqual([]);
  });
});
