import type { KeyForm } from '../../../../shared/contract/keys/access-keys.ts';
import type { TextKey } from '../../../lib/i18n/text.ts';

/** What the screen says of keys that are an id and a secret, and of tokens that stand alone. */
const words = {
  pair: {
    title: 'accessKeys.title',
    hint: 'accessKeys.hint',
    none: 'accessKeys.none',
    noneHint: 'accessKeys.noneHint',
    count: 'accessKeys.count',
    list: 'accessKeys.list',
    find: 'accessKeys.find',
    shown: 'accessKeys.shown',
    noMatch: 'accessKeys.noMatch',
    madeTitle: 'accessKeys.madeTitle',
    madeHint: 'accessKeys.madeHint',
    secret: 'accessKeys.secretLabel',
    show: 'accessKeys.showSecret',
    hide: 'accessKeys.hideSecret',
    key: 'accessKeys.key',
    lost: 'accessKeys.lost',
    changeFailed: 'accessKeys.changeFailedTitle',
    deleteBody: 'accessKeys.deleteBody',
    deleteOwnBody: 'accessKeys.deleteOwnBody',
    delete: 'accessKeys.deleteConfirm',
    deleted: 'accessKeys.deleted',
  },
  token: {
    title: 'accessTokens.title',
    hint: 'accessTokens.hint',
    none: 'accessTokens.none',
    noneHint: 'accessTokens.noneHint',
    count: 'accessTokens.count',
    list: 'accessTokens.list',
    find: 'accessTokens.find',
    shown: 'accessTokens.shown',
    noMatch: 'accessTokens.noMatch',
    madeTitle: 'accessTokens.madeTitle',
    madeHint: 'accessTokens.madeHint',
    secret: 'accessTokens.secretLabel',
    show: 'accessTokens.showSecret',
    hide: 'accessTokens.hideSecret',
    key: 'accessTokens.key',
    lost: 'accessTokens.lost',
    changeFailed: 'accessTokens.changeFailedTitle',
    deleteBody: 'accessTokens.deleteBody',
    deleteOwnBody: 'accessTokens.deleteOwnBody',
    delete: 'accessTokens.deleteConfirm',
    deleted: 'accessTokens.deleted',
  },
} as const satisfies Readonly<Record<KeyForm, Readonly<Record<string, TextKey>>>>;

export function keyWords(form: KeyForm): (typeof words)[KeyForm] {
  return words[form];
}
