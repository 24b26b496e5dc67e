import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../provider/account-sessions.ts';
import { androidAgents, appAgents, fieldAgents, legacyAgents, thingAgents } from './fixtures/agent-cases.ts';
import { parseUserAgent } from './parse-user-agent.ts';

/** Milliseconds; longer is a hang. The best of a few runs counts: this computer does other things too. */
const hangMs = 50;

const known = [
  ...androidAgents,
  ...appAgents,
  ...legacyAgents,
  ...thingAgents,
  ...Object.values(fieldAgents).flat(),
].map(([text]) => text);
const words = [...new Set(known.flatMap((text) => text.split(/(?<=[ ;(/])/)))];
const traps = [
  '__proto__',
  'constructor/1',
  'toString',
  'hasOwnProperty; ',
  '\u202e',
  '\u0000',
  '\u001b[31m',
  '\ud800',
  '%E0%A4%A',
  '%00/1 cfnetwork/',
  '💩',
];
const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...words, ...traps), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

function leaves(agent: Agent): (string | null)[] {
  return [agent.browser, agent.os, agent.device, agent.engine, { cpu: agent.cpu }].flatMap((part) =>
    Object.values(part),
  );
}

/** Milliseconds of this process's own work: what others do on the same processor is no fault of the parser. */
function timeOf(text: string): number {
  const runs = Array.from({ length: 4 }, () => {
    const start = process.cpuUsage();
    parseUserAgent(text);
    return process.cpuUsage(start).user / 1_000;
  });
  return Math.min(...runs);
}

describe('E8 · a User-Agent sent by somebody hostile', () => {
  it('becomes plain short text without anything invisible, or null', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const leaf of leaves(parseUserAgent(text))) {
          if (leaf === null) continue;
          expect(leaf).toMatch(/^[^\p{C}\s](?:[^\p{C}]{0,198}[^\p{C}\s])?$/u);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('is read the same however much follows after what is read of it', () => {
    for (const text of known.filter(({ length }) => length < 300)) {
      const padded = text.padEnd(500, ' ');
      expect(parseUserAgent(padded + 'curl/9 Googlebot/2.1 '.repeat(500))).toEqual(parseUserAgent(text));
    }
  });

  it('costs no hang: every word of every known one, repeated to 10,000 characters', () => {
    const slow = [...words, ...traps]
      .map((word) => word.repeat(Math.ceil(10_000 / word.length)))
      .filter((text) => timeOf(text) > hangMs);
    expect(slow).toEqual([]);
  });

  it('costs no hang: words alternating', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.constantFrom(...words),
        fc.constantFrom('', 'Mozilla/5.0 (', 'droid '),
        (one, other, start) => {
          expect(timeOf(start + (one + other).repeat(1000))).toBeLessThan(hangMs);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('cannot slip a control character in by percent-encoding', () => {
    expect(parseUserAgent('Nice%1B%5B31m%E2%80%AEApp/1 CFNetwork/1490 Darwin/23.2.0').browser.name).toBe(
      'Nice [31m App',
    );
    expect(parseUserAgent('100%25%/1 CFNetwork/1490 Darwin/23.2.0').browser.name).toBe('100%25%');
  });

  it('does not reach the properties every object has', () => {
    for (const word of Object.getOwnPropertyNames(Object.prototype)) {
      for (const leaf of leaves(parseUserAgent(`Mozilla/5.0 (${word}; ${word}) ${word}`)))
        expect([null, word]).toContain(leaf);
    }
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });
});
