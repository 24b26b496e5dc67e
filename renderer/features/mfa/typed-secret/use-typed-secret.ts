import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { OtpSecret } from '../../../../shared/contract/account/mfa.ts';
import { useReauthStore } from '../../../account/reauth.store.ts';
import { useHost } from '../../../host/host.ts';
import { asErrorShape } from '../../../lib/errors/error-shape.ts';
import type { FieldError } from '../../../lib/errors/field-error-text.ts';
import { useAttempt } from '../../../lib/use-attempt.ts';
import type { SecretLength } from './TypedSecretField.vue';
import { useDiagnosis } from '../use-diagnosis.ts';
import { useSecretForm } from './use-secret-form.ts';

/** A secret of the person's own, described and judged by the services while it is typed (C5). */
export function useTypedSecret(accountId: string) {
  const host = useHost();
  const reauth = useReauthStore();
  const { form, parameters, movingError, adopt, forgetKind } = useSecretForm();
  const described = shallowRef<{ otp?: OtpSecret; secretError?: FieldError }>({});
  const { isBusy, error, attempt } = useAttempt();
  const typed = shallowRef('');

  const otp = computed(() => described.value.otp);
  const digits = computed(() => otp.value?.parameters.digits ?? 6);
  const { code, diagnosis, judge } = useDiagnosis(typed, digits, async (code) => {
    const shown = otp.value;
    return (
      shown && host.calls.mfa.diagnoseCode({ accountId, secret: shown.secret, parameters: shown.parameters, code })
    );
  });

  async function describe(): Promise<void> {
    const { secret } = form;
    const asked = parameters.value;
    described.value = {};
    if (secret.trim() === '') return forgetKind();
    if (!asked) return;
    const answer = await host.calls.mfa.describeSecret({ accountId, secret, parameters: asked }).then(
      (otp) => ({ otp }),
      (reason: unknown) => refusal(asErrorShape(reason).fields?.['secret']),
    );
    if (secret !== form.secret || asked !== parameters.value) return;
    described.value = answer;
    if ('otp' in answer && /^\s*otpauth:/i.test(secret)) adopt(answer.otp);
  }

  watch([() => form.secret, parameters], describe);
  watch(otp, () => void judge().catch(() => undefined));

  function generate(length: SecretLength): Promise<boolean> {
    return attempt(async () => {
      form.secret = (await host.calls.mfa.generateSecret({ length })).secret;
    });
  }

  /**
   * Gives the secret to the provider; the new state, or undefined if that did not work. A code that is not right is not
   * sent.
   */
  async function use(name: string) {
    const shown = otp.value;
    const sent = code.value;
    if (!shown || !sent) return undefined;
    let result: Awaited<ReturnType<typeof host.calls.mfa.useSecret>> | undefined;
    await attempt(async () => {
      if ((await judge())?.kind !== 'right') return;
      const { secret, parameters } = shown;
      result = await reauth.run(
        () => host.calls.mfa.useSecret({ accountId, secret, parameters, code: sent, name }),
        'setUpMfa',
      );
    });
    return result;
  }

  onScopeDispose(() => {
    form.secret = '';
    typed.value = '';
    described.value = {};
  });

  const secretError = computed(() => described.value.secretError);
  return { form, movingError, otp, secretError, isBusy, error, typed, code, diagnosis, generate, use };
}

function refusal(secretError: FieldError | undefined) {
  return secretError ? { secretError } : {};
}
