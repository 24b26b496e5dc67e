import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import english from '../../locales/en/sign-in.json' with { type: 'json' };
import { wasTriedLive } from '../../renderer/patterns/service-kind/tried-live.ts';

// What the app says to whoever connects, and what the documentation says, come from one flag of each kind.

const read = (page: string) => readFileSync(join(import.meta.dirname, '../../docs/providers', page), 'utf8');
const kinds = Object.entries(wasTriedLive);
/** The reference API is ours, and has no page of its own. */
const strangers = kinds.filter(([kind]) => kind !== 'reference');
const mark = `**${english.signIn.untried}.**`;

describe('R10 which kinds of service were tried live', () => {
  it.each(strangers)('%s: its page says so as the app does', (kind, wasTried) => {
    const [, tried = ''] = read(`${kind}.md`).split(/^## Tried$/m);
    expect(tried.trim(), 'what was tried stands under “Tried”').not.toBe('');
    expect(tried.trim().startsWith(mark), mark).toBe(!wasTried);
  });

  it.each(kinds)('%s: the table of all kinds says so too', (kind, wasTried) => {
    const [, state = ''] = read('README.md').split(/^## State$/m);
    const row = state
      .split('\n')
      .find((line) => line.startsWith(`| \`${kind}\` |`) || line.startsWith(`| [\`${kind}\`](${kind}.md) |`));
    expect(row?.split('|').at(-2)?.trim()).toBe(wasTried ? 'yes' : 'not yet');
  });
});
