import { computed, onScopeDispose, reactive, shallowReadonly, shallowRef, watch } from 'vue';
import type { OtpParameters, OtpSecret } from '../../../../shared/contract/mfa.ts';
import { useHost } from '../../../host/host.ts';
import { asErrorShape } from '../../../lib/error-shape.ts';
import type { FieldError } from '../../../lib/field-error-text.ts';
import { useAttempt } from '../../../lib/use-attempt.ts';
import { useReauthStore } from '../../reauth/reauth.store.ts';
import type { SecretLength } from './SecretField.vue';
import { useDiagnosis } from './use-diagnosis.ts';

/** What an interval may be, seconds, and a first counter. */
const bounds = { totp: { min: 1, max: 3_600 }, hotp: { min: 0, max: Number.MAX_SAFE_INTEGER } } as const;

/** A secret of the person's own, described and judged by the services while it is typed (C5). */
export function useTypedSecret(connectionId: string) {
  const host = useHost();
  const reauth = useReauthStore();
  const form = reactive({ secret: '', type: 'totp', period: '30', counter: '0' });
  const described = shallowRef<{ otp?: OtpSecret; secretError?: FieldError }>({});
  const { isBusy, error, attempt } = useAttempt();
  const typed = shallowRef('');

  const otp = computed(() => described.value.otp);
  const type = computed(() => (form.type === 'hotp' ? 'hotp' : 'totp'));
  const moving = computed(() => readWhole(type.value === 'totp' ? form.period : form.counter, bounds[type.value]));
  const movingError = computed(() => (moving.value === undefined ? bounds[type.value] : undefined));
  const parameters = computed((): OtpParameters | undefined => {
    if (moving.value === undefined) return undefined;
    const [period, counter] = type.value === 'totp' ? [moving.value, null] : [null, moving.value];
    return { type: type.value, algorithm: 'SHA1', digits: 6, period, counter };
  });

  const { code, diagnosis, judge } = useDiagnosis(typed, computed(() => otp.value?.parameters.digits ?? 6), async (code) => {
    const shown = otp.value;
    return shown && host.calls.mfa.diagnoseCode({ connectionId, secret: shown.secret, parameters: shown.parameters, code });
  });

  async function describe(): Promise<void> {
    const secret = form.secret;
    const asked = parameters.value;
    described.value = {};
    if (secret.trim() === '' || !asked) return;
    const answer = await host.calls.mfa.describeSecret({ connectionId, secret, parameters: asked }).then(
      (otp) => ({ otp }),
      (reason: unknown) => refusal(asErrorShape(reason).fields?.['secret']),
    );
    if (secret === form.secret && asked === parameters.value) described.value = answer;
  }

  watch([() => form.secret, parameters], describe);
  watch(otp, () => void judge().catch(() => undefined));

  function generate(length: SecretLength): Promise<boolean> {
    return attempt(async () => {
      form.secret = (await host.calls.mfa.generateSecret({ length })).secret;
    });
  }

  /** Gives the secret to the provider; the new state, or undefined if that did not work. A code that is not right is not sent. */
  async function use(name: string) {
    const shown = otp.value;
    const sent = code.value;
    if (!shown || !sent) return undefined;
    let result: Awaited<ReturnType<typeof host.calls.mfa.useSecret>> | undefined;
    await attempt(async () => {
      if ((await judge())?.kind !== 'right') return;
      const { secret, parameters } = shown;
      result = await reauth.run(() => host.calls.mfa.useSecret({ connectionId, secret, parameters, code: sent, name }));
    });
    return result;
  }

  onScopeDispose(() => {
    form.secret = '';
    typed.value = '';
    described.value = {};
  });

  const secretError = computed(() => described.value.secretError);
  return { form, movingError, otp, secretError, isBusy, error, typed, code, diagnosis: shallowReadonly(diagnosis), generate, use };
}

function refusal(secretError: FieldError | undefined) {
  return secretError ? { secretError } : {};
}

function readWhole(typed: string, { min, max }: { min: number; max: number }): number | undefined {
  const value = /^\d{1,16}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
