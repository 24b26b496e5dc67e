import type { SessionFacts } from '../provider/account-sessions.ts';

/** A session for tests, of which a provider tells nothing but the id. */
export function makeSessionFacts(id: string, changes: Partial<SessionFacts> = {}): SessionFacts {
  return {
    id,
    isCurrent: false,
    userAgent: null,
    reported: null,
    ipAddress: null,
    createdAt: null,
    lastModifiedAt: null,
    lastAuthenticatedAt: null,
    expiresAt: null,
    programs: [],
    ...changes,
  };
}
