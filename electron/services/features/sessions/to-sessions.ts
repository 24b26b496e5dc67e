import type { Session } from '../../../../shared/contract/account/sessions.ts';
import type { Agent, SessionFacts } from '../../provider/account-sessions.ts';
import { cleanText } from '../../core/clean-text.ts';
import { mergeAgent } from './merge-agent.ts';
import type { SessionsState } from './sessions-state.ts';

/** What the screen shows: the current session first, then the newest. `agents` has every User-Agent of the list. */
export function toSessions({ list, names, seen }: SessionsState, agents: ReadonlyMap<string, Agent>): Session[] {
  const ordered = [...(list?.facts ?? [])].sort(compare);
  const clean = createCleaner();
  return ordered.map(({ userAgent, reported, programs, ...facts }) => ({
    ...facts,
    programs: [...programs],
    userAgent: userAgent === null ? null : clean(userAgent),
    ...mergeAgent(reported, agents.get(userAgent ?? '') ?? unknownAgent),
    ownName: names.get(facts.id) ?? null,
    isNew: !facts.isCurrent && seen?.has(facts.id) === false,
  }));
}

/** Many sessions have the same User-Agent: each is made fit for the screen once. Whoever signs in chooses it. */
function createCleaner(): (text: string) => string | null {
  const cleaned = new Map<string, string>();
  return (text) => {
    const known = cleaned.get(text) ?? cleanText(text);
    cleaned.set(text, known);
    return known || null;
  };
}

const unknownAgent: Agent = {
  browser: { name: null, version: null },
  os: { name: null, version: null },
  device: { vendor: null, model: null, type: null },
  engine: { name: null, version: null },
  cpu: null,
};

/** An unknown age comes last; the id decides between equals, so that no row jumps. */
function compare(a: SessionFacts, b: SessionFacts): number {
  return Number(b.isCurrent) - Number(a.isCurrent) || order(b.createdAt ?? '', a.createdAt ?? '') || order(a.id, b.id);
}

/** Instants in UTC with the same number of digits order like their texts. */
function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
