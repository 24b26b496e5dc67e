import { describe, expect, it } from 'vitest';
import { fieldAgents } from '../../electron/services/features/sessions/agent/fixtures/agent-cases.ts';
import { formatAgent } from '../../electron/services/features/sessions/agent/fixtures/format-agent.ts';
import { parseUserAgent } from '../../electron/services/features/sessions/agent/parse-user-agent.ts';

describe('E8 · a User-Agent of a bug report says', () => {
  it.each([
    ['U1', 'the system of a Safari that leaves it at iOS 18'],
    ['U3', 'the device that a chat program states, not its library'],
    ['U5', 'Nextcloud or ownCloud, and the system, not its kernel'],
    ['U6', 'Brave on an iPhone'],
    ['U7', 'the browser that stands behind everything that Chrome sends'],
  ] as const)('%s: %s', (...[id]) => {
    const cases = fieldAgents[id];
    expect(cases.map(([text]) => [text, ...formatAgent(parseUserAgent(text))])).toEqual(cases);
  });
});
