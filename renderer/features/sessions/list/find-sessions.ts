import type { Session } from '../../../../shared/contract/account/sessions.ts';
import { agentName, fullName, modelName, systemName } from '../session-text.ts';

/** What a session can be found by: its app, system, device, address and own name. */
export type FindIndex = ReadonlyMap<string, string>;

export function indexSessions(sessions: readonly Session[]): FindIndex {
  return new Map(sessions.map((session) => [session.id, fold(textsOf(session).join(' '))]));
}

/** Those in which every word occurs, whatever its case and accents. */
export function findSessions(sessions: readonly Session[], index: FindIndex, text: string): readonly Session[] {
  const words = fold(text).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return sessions;
  return sessions.filter(({ id }) => words.every((word) => index.get(id)?.includes(word)));
}

function textsOf(session: Session): (string | null)[] {
  const { browser, ipAddress, ownName } = session;
  return [ownName, agentName(session), fullName(browser), systemName(session), modelName(session), ipAddress];
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
