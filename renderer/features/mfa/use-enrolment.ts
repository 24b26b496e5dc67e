import { computed, onScopeDispose, shallowReadonly, shallowRef } from 'vue';
import type { Enrolment } from '../../../shared/contract/account/mfa.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { useHost } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useDiagnosis } from './use-diagnosis.ts';

/** One enrolment from its secret to its first code. The secret lives here alone and goes with the dialog. */
export function useEnrolment(accountId: string) {
  const host = useHost();
  const reauth = useReauthStore();
  const enrolment = shallowRef<Enrolment>();
  /** The secret has run out or was begun anew elsewhere: another one is needed. */
  const isVoid = shallowRef(false);
  const { isBusy, error, attempt } = useAttempt();
  const typed = shallowRef('');
  const digits = computed(() => enrolment.value?.otp.parameters.digits ?? 6);
  const { code, diagnosis, judge } = useDiagnosis(typed, digits, async (code) => {
    const begun = enrolment.value;
    return begun && host.calls.mfa.diagnoseCode({ enrolment: begun.enrolment, code });
  });

  /** Returns whether there is a secret to show. */
  function begin(): Promise<boolean> {
    return attempt(async () => {
      enrolment.value = await reauth.run(() => host.calls.mfa.beginEnrolment({ accountId }), 'setUpMfa');
      isVoid.value = false;
      typed.value = '';
    });
  }

  /**
   * Gives the typed code and a name; the new state, or undefined if that did not work. A code that is not right is not
   * sent.
   */
  async function confirm(name: string) {
    const begun = enrolment.value;
    if (!begun || !code.value) return undefined;
    const sent = code.value;
    let result: Awaited<ReturnType<typeof host.calls.mfa.confirmEnrolment>> | undefined;
    await attempt(async () => {
      if ((await judge())?.kind !== 'right') return;
      const { enrolment: id } = begun;
      result = await reauth.run(() => host.calls.mfa.confirmEnrolment({ enrolment: id, code: sent, name }), 'setUpMfa');
      enrolment.value = undefined;
    });
    if (error.value?.code === 'not-found') isVoid.value = true;
    return result;
  }

  onScopeDispose(() => {
    const begun = enrolment.value;
    enrolment.value = undefined;
    typed.value = '';
    // Without an answer the services forget it by themselves when it runs out.
    if (begun) host.calls.mfa.cancelEnrolment({ enrolment: begun.enrolment }).catch(() => undefined);
  });

  return {
    enrolment: shallowReadonly(enrolment),
    isVoid: shallowReadonly(isVoid),
    isBusy,
    error,
    typed,
    code,
    diagnosis,
    begin,
    confirm,
  };
}
