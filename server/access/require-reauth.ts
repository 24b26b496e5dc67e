import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { callerOf } from './caller.ts';
import { Problem } from '../http/problem.ts';

/** Guards a dangerous act: the caller's session must have proved again who it is. Errors: Problem reauth-required. */
export type RequireReauth = (request: FastifyRequest) => void;

export function createRequireReauth(clock: Clock): RequireReauth {
  return (request) => {
    if ((callerOf(request).reauthenticatedUntil ?? 0) <= clock.now()) throw new Problem('reauth-required');
  };
}
