import { History, KeyRound, MonitorSmartphone, ShieldCheck, UserRound } from '@lucide/vue';
import type { Component } from 'vue';
import type { Operation } from '../../shared/contract/account/operations.ts';
import type { Offer } from '../../shared/contract/account/profile.ts';
import type { TextKey } from '../lib/i18n/text.ts';

export interface NavItem {
  readonly route: string;
  readonly label: TextKey;
  readonly icon: Component;
  /** Only where the provider has it. */
  readonly offer?: Offer;
  /** Only where the provider knows one of them. */
  readonly operations?: readonly Operation[];
}

/** The screens of an account, in the order of the navigation. */
export const navItems: readonly NavItem[] = [
  { route: 'profile', label: 'nav.profile', icon: UserRound },
  { route: 'security', label: 'nav.security', icon: ShieldCheck },
  {
    route: 'sessions',
    label: 'nav.sessions',
    icon: MonitorSmartphone,
    operations: ['sessions.close', 'sessions.closeOthers'],
  },
  { route: 'identity-keys', label: 'nav.sshKeys', icon: KeyRound, offer: 'identity-keys' },
  { route: 'activity', label: 'nav.activity', icon: History },
];
