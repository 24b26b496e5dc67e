import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import type { StayingPages } from '../common/staying-pages.ts';

/** All of it is done in the profile, which the menu of its pages leads to: no address of it is documented. */
export const pages = {
  'profile.update': '/',
  'email.change': '/',
  'avatar.change': '/',
  'password.change': '/',
  'mfa.enrol': '/',
  'sessions.close': '/',
  'apiKey.generate': '/',
  'deletion.remove': '/',
} as const satisfies StayingPages;

/** What the API does. */
export const ownOperations: OperationAccess = {
  'sshKeys.add': { kind: 'editable' },
  'sshKeys.remove': { kind: 'editable' },
};

export const untoldPages: readonly Operation[] = [
  'avatar.change',
  'password.change',
  'mfa.enrol',
  'sessions.close',
  'apiKey.generate',
];
