import { setImmediate } from 'node:timers/promises';
import type { Agent } from '../../provider/account-sessions.ts';

/** Reads many User-Agents, each distinct one once. */
export interface AgentReader {
  /** Lets others run in between: the longest hostile text takes 1.5 ms, and a list may hold 20,000. */
  readAll(texts: Iterable<string>): Promise<ReadonlyMap<string, Agent>>;
}

/** More than a person's devices in years; about 3 MB. */
const maxKnown = 2_000;
const parsedAtOnce = 20;

export function createAgentReader(parse: (text: string) => Agent): AgentReader {
  const known = new Map<string, Agent>();

  function parseAndKeep(text: string): Agent {
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size >= maxKnown) known.delete(oldest);
    const agent = parse(text);
    known.set(text, agent);
    return agent;
  }

  return {
    async readAll(texts) {
      const agents = new Map<string, Agent>();
      let parsed = 0;
      for (const text of new Set(texts)) {
        const agent = known.get(text);
        agents.set(text, agent ?? parseAndKeep(text));
        if (!agent && (parsed += 1) % parsedAtOnce === 0) await setImmediate();
      }
      return agents;
    },
  };
}
