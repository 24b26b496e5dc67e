import { computed, reactive, shallowRef } from 'vue';
import type { OtpParameters, OtpSecret } from '../../../../shared/contract/account/mfa.ts';
import { readWhole } from '../../../../shared/typed-text.ts';

/** What an interval may be, seconds, and a first counter. */
const bounds = { totp: { min: 1, max: 3_600 }, hotp: { min: 0, max: Number.MAX_SAFE_INTEGER } } as const;
/** What no field asks for: nearly every app knows this alone. A pasted link may say otherwise. */
const usual: Pick<OtpParameters, 'algorithm' | 'digits'> = { algorithm: 'SHA1', digits: 6 };

/** The fields around a typed secret (C5), and what they come to. */
export function useSecretForm() {
  const form = reactive({ secret: '', type: 'totp', period: '30', counter: '0' });
  const kind = shallowRef(usual);
  const type = computed(() => (form.type === 'hotp' ? 'hotp' : 'totp'));
  const moving = computed(() => readWithin(type.value === 'totp' ? form.period : form.counter, bounds[type.value]));
  /** What the interval or counter may be, where it is not. */
  const movingError = computed(() => (moving.value === undefined ? bounds[type.value] : undefined));
  const parameters = computed((): OtpParameters | undefined => {
    if (moving.value === undefined) return undefined;
    const [period, counter] = type.value === 'totp' ? [moving.value, null] : [null, moving.value];
    return { type: type.value, ...kind.value, period, counter };
  });

  /** Puts a pasted link into the fields, which then say what it says. */
  function adopt({ secret, parameters: { type, algorithm, digits, period, counter } }: OtpSecret): void {
    kind.value = { algorithm, digits };
    Object.assign(form, { secret, type, period: String(period ?? 30), counter: String(counter ?? 0) });
  }

  return { form, parameters, movingError, adopt, forgetKind: () => void (kind.value = usual) };
}

function readWithin(typed: string, { min, max }: { min: number; max: number }): number | undefined {
  const value = readWhole(typed);
  return value >= min && value <= max ? value : undefined;
}
