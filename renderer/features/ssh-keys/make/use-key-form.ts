import { computed, reactive, shallowRef } from 'vue';
import type { ErrorShape, FieldErrors } from '../../../../shared/contract/error-shape.ts';
import { checkKeyWish, familyOf, madeKeyKinds, type MadeKeyKind } from '../../../../shared/rules/made-keys.ts';
import { fieldErrorText, type FieldError } from '../../../lib/errors/field-error-text.ts';
import { formatList } from '../../../lib/formats.ts';
import { t } from '../../../lib/i18n/text.ts';
import type { MakeWish } from './key-make.store.ts';
import type { Taker } from './use-takers.ts';

/** Seconds; undefined: not at all. */
const lifetimes = { none: undefined, hour: 3_600, workday: 28_800, week: 604_800, always: null } as const;
type Lifetime = keyof typeof lifetimes;

type Mistakes = Partial<Record<'kind' | 'comment' | 'fileName' | 'passphrase' | 'again' | 'accounts', string>>;

/**
 * What is chosen for a key that is to be made, and what is wrong with it. `refusal`: of the last try; `takers`: what is
 * known of the accounts.
 */
export function useKeyForm(
  firstAccount: string,
  refusal: () => ErrorShape | undefined,
  takers: () => readonly Taker[],
) {
  const typed = reactive({
    kind: 'ed25519' as string,
    comment: '',
    place: 'folder',
    fileName: '',
    passphrase: '',
    again: '',
    lifetime: 'none' as string,
    accountIds: firstAccount === '' ? [] : [firstAccount],
  });
  const wasTried = shallowRef(false);
  const kind = computed<MadeKeyKind>(() => madeKeyKinds.find((each) => each === typed.kind) ?? 'ed25519');
  const isInFolder = computed(() => typed.place === 'folder');
  const isOpenFile = computed(() => isInFolder.value && typed.passphrase === '');

  const wish = computed<MakeWish>(() => ({
    kind: kind.value,
    comment: typed.comment.trim(),
    file: isInFolder.value ? { name: typed.fileName.trim(), passphrase: typed.passphrase } : null,
    lifetime: lifetimes[typed.lifetime as Lifetime],
    accountIds: typed.accountIds,
  }));

  /** The rule of a chosen account that this kind breaks: said as soon as it is known. */
  const broken = computed<Mistakes>(() => {
    const refusing = takers().find(
      ({ id, families }) => typed.accountIds.includes(id) && families?.includes(familyOf(kind.value)) === false,
    );
    if (!refusing) return {};
    const kinds = formatList((refusing.families ?? []).map((family) => t(`keyMake.families.${family}`)));
    return { kind: t('keyMake.kindNotTaken', { account: refusing.label, kinds }) };
  });

  /** What nobody has to be asked for. */
  const own = computed<Mistakes>(() => {
    const found = checkKeyWish(wish.value);
    return {
      ...broken.value,
      ...wordsFor(found),
      ...(isInFolder.value && typed.passphrase !== typed.again && { again: t('keyMake.notTheSame') }),
      ...(!isInFolder.value && typed.accountIds.length === 0 && { accounts: t('keyMake.accountsNeeded') }),
    };
  });
  const mistakes = computed<Mistakes>(() => ({
    ...wordsFor(refusal()?.fields ?? {}),
    ...broken.value,
    ...(wasTried.value && own.value),
  }));

  /** Undefined while something is wrong, which the fields say from then on. */
  function take(): MakeWish | undefined {
    wasTried.value = true;
    return Object.keys(own.value).length > 0 ? undefined : wish.value;
  }

  function choose(accountId: string, isChosen: boolean): void {
    typed.accountIds = [...typed.accountIds.filter((each) => each !== accountId), ...(isChosen ? [accountId] : [])];
  }

  function wipe(): void {
    typed.passphrase = typed.again = '';
  }

  return { typed, kind, isInFolder, isOpenFile, mistakes, take, choose, wipe };
}

export type KeyForm = ReturnType<typeof useKeyForm>;

function wordsFor(faults: FieldErrors): Mistakes {
  const { comment, fileName, passphrase } = faults;
  return {
    ...(comment && { comment: fieldErrorText(comment) }),
    ...(fileName && { fileName: nameWords(fileName) }),
    ...(passphrase && { passphrase: fieldErrorText(passphrase) }),
  };
}

function nameWords(fault: FieldError): string {
  if (fault.code === 'duplicate') return t('keyMake.fileTaken');
  return fault.code === 'not-valid' ? t('keyMake.fileNotValid') : fieldErrorText(fault);
}
