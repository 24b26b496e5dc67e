import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { StayingPages } from '../common/staying-pages.ts';

/** My Profile, which the picture at the upper right of its pages leads to: no address of it is documented. */
export const pages = {
  'profile.update': '/',
  'email.change': '/',
  'password.change': '/',
  'mfa.enrol': '/',
  'apiKey.generate': '/',
} as const satisfies StayingPages;

export const untoldPages: readonly Operation[] = ['password.change', 'mfa.enrol', 'apiKey.generate'];
