import type { Session } from '../../../shared/contract/account/sessions.ts';

/** What a User-Agent tells of the device of a session (E8). Null stands for unknown. */
export type Agent = Pick<Session, 'browser' | 'os' | 'device' | 'engine' | 'cpu'>;
