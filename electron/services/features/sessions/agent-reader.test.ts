import { describe, expect, it } from 'vitest';
import { createAgentReader } from './agent-reader.ts';
import { parseUserAgent } from './agent/parse-user-agent.ts';

function setUp() {
  const parsed: string[] = [];
  const reader = createAgentReader((text) => {
    parsed.push(text);
    return parseUserAgent(text);
  });
  return { parsed, reader };
}

const agents = (count: number, product = 'curl') =>
  Array.from({ length: count }, (_, index) => `${product}/8.${String(index)}`);

describe('E8 reading the User-Agents of a list', () => {
  it('parses each distinct one once, also over several lists', async () => {
    const { parsed, reader } = setUp();
    const found = await reader.readAll([...agents(3), ...agents(3)]);
    expect(found.get('curl/8.2')?.browser).toEqual({ name: 'curl', version: '8.2' });
    await reader.readAll(agents(4));
    expect(parsed).toEqual(agents(4));
  });

  it('gives all of a list that is longer than what it remembers', async () => {
    const { parsed, reader } = setUp();
    expect((await reader.readAll(agents(2_500))).size).toBe(2_500);
    await reader.readAll(agents(2_500).slice(500));
    expect(parsed).toHaveLength(2_500);
    await reader.readAll(agents(1));
    expect(parsed).toHaveLength(2_501);
  });

  it('lets others run while it reads many', async () => {
    const { parsed, reader } = setUp();
    const reading = reader.readAll(agents(1_000));
    await new Promise((resolve) => setImmediate(resolve));
    expect(parsed.length).toBeLessThan(100);
    await reading;
    expect(parsed).toHaveLength(1_000);
  });
});
