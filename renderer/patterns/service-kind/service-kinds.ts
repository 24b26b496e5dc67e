import {
  DoorOpen,
  Fingerprint,
  GitBranch,
  GitMerge,
  Globe,
  HardDrive,
  Headset,
  GitPullRequest,
  Laptop,
  Server,
  ShieldUser,
  Workflow,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { Account, ProviderKind } from '../../../shared/contract/account/accounts.ts';
import type { TextKey } from '../../lib/i18n/text.ts';

/** What a service is told apart by: its kind, the demo inside the app, or an address of which nothing is known yet. */
export type ServiceLook = ProviderKind | 'embedded' | 'unknown';

export const serviceIcons: Readonly<Record<ServiceLook, Component>> = {
  reference: Server,
  keycloak: ShieldUser,
  glewlwyd: DoorOpen,
  gitea: GitBranch,
  'elastic-io': Workflow,
  cxone: Headset,
  wacm: HardDrive,
  gitlab: GitMerge,
  kratos: Fingerprint,
  github: GitPullRequest,
  embedded: Laptop,
  unknown: Globe,
};

/** What people call a service of a kind. */
export const serviceNames: Readonly<Record<ProviderKind, TextKey>> = {
  reference: 'service.reference',
  keycloak: 'service.keycloak',
  glewlwyd: 'service.glewlwyd',
  gitea: 'service.gitea',
  'elastic-io': 'service.elasticIo',
  cxone: 'service.cxone',
  wacm: 'service.wacm',
  gitlab: 'service.gitlab',
  kratos: 'service.kratos',
  github: 'service.github',
};

export function lookOf({ kind, address }: Pick<Account, 'kind' | 'address'>): ServiceLook {
  return address === null ? 'embedded' : kind;
}
