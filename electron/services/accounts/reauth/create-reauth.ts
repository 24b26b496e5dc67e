import type { ServiceEmitter } from '../../core/service-events.ts';
import { ReauthService, type ReauthOptions } from './reauth.service.ts';

/**
 * Joined to what happens elsewhere: a refusal closes the window, an open one is told, and each ends with its session.
 */
export function createReauth({
  events,
  emit,
  ...rest
}: ReauthOptions & { readonly events: ServiceEmitter }): ReauthService {
  const reauth = new ReauthService({
    ...rest,
    emit(channel, state) {
      emit(channel, state);
      if (state.validUntil !== null) void events.emit('proof-given', { accountId: state.accountId });
    },
  });
  events.on('proof-refused', ({ accountId }) => reauth.onRefused(accountId));
  events.on('session-ended', ({ accountId }) => reauth.clear(accountId));
  events.on('closing', () => reauth.stop());
  return reauth;
}
