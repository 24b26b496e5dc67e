import type { ProviderKind } from '../../../shared/contract/account/accounts.ts';
import type { TextKey } from '../../lib/i18n/text.ts';
import type { ServiceLook } from '../../patterns/service-kind/service-kinds.ts';

/** A service that a person knows by its name. */
export interface KnownService {
  readonly id: string;
  readonly look: ServiceLook;
  readonly name: TextKey;
  /** What is expected there; anything where it is absent. */
  readonly kind?: ProviderKind;
  /** Where it is; absent where each organisation runs its own, so the person is asked. */
  readonly address?: string;
  readonly placeholder: TextKey;
  readonly help: TextKey;
}

/** In any order but for the last one, which takes any address: the screen sorts them by their names. */
export const knownServices: readonly KnownService[] = [
  {
    id: 'keycloak',
    look: 'keycloak',
    name: 'service.keycloak',
    kind: 'keycloak',
    placeholder: 'signIn.keycloakPlaceholder',
    help: 'signIn.keycloakHelp',
  },
  {
    id: 'gitea',
    look: 'gitea',
    name: 'service.gitea',
    kind: 'gitea',
    placeholder: 'signIn.giteaPlaceholder',
    help: 'signIn.giteaHelp',
  },
  {
    id: 'codeberg',
    look: 'gitea',
    name: 'service.codeberg',
    kind: 'gitea',
    address: 'https://codeberg.org',
    placeholder: 'signIn.giteaPlaceholder',
    help: 'signIn.giteaHelp',
  },
  {
    id: 'cxone',
    look: 'cxone',
    name: 'service.cxone',
    kind: 'cxone',
    placeholder: 'signIn.cxonePlaceholder',
    help: 'signIn.cxoneHelp',
  },
  {
    id: 'elastic-io',
    look: 'elastic-io',
    name: 'service.elasticIo',
    kind: 'elastic-io',
    address: 'https://app.elastic.io',
    placeholder: 'signIn.addressPlaceholder',
    help: 'signIn.addressHelp',
  },
  {
    id: 'gitlab-com',
    look: 'gitlab',
    name: 'service.gitlabCom',
    kind: 'gitlab',
    address: 'https://gitlab.com',
    placeholder: 'signIn.gitlabPlaceholder',
    help: 'signIn.giteaHelp',
  },
  {
    id: 'gitlab',
    look: 'gitlab',
    name: 'service.gitlab',
    kind: 'gitlab',
    placeholder: 'signIn.gitlabPlaceholder',
    help: 'signIn.giteaHelp',
  },
  {
    id: 'github',
    look: 'github',
    name: 'service.github',
    kind: 'github',
    address: 'https://github.com',
    placeholder: 'signIn.githubPlaceholder',
    help: 'signIn.githubHelp',
  },
  {
    id: 'github-server',
    look: 'github',
    name: 'service.githubServer',
    kind: 'github',
    placeholder: 'signIn.githubPlaceholder',
    help: 'signIn.githubHelp',
  },
  {
    id: 'glewlwyd',
    look: 'glewlwyd',
    name: 'service.glewlwyd',
    kind: 'glewlwyd',
    placeholder: 'signIn.glewlwydPlaceholder',
    help: 'signIn.addressHelp',
  },
  {
    id: 'wacm',
    look: 'wacm',
    name: 'service.wacm',
    kind: 'wacm',
    address: 'https://wacm.wasabisys.com',
    placeholder: 'signIn.addressPlaceholder',
    help: 'signIn.addressHelp',
  },
  {
    id: 'kratos',
    look: 'kratos',
    name: 'service.kratos',
    kind: 'kratos',
    placeholder: 'signIn.kratosPlaceholder',
    help: 'signIn.kratosHelp',
  },
  {
    id: 'profile-desk',
    look: 'reference',
    name: 'service.reference',
    kind: 'reference',
    placeholder: 'signIn.addressPlaceholder',
    help: 'signIn.addressHelp',
  },
  {
    id: 'any',
    look: 'unknown',
    name: 'signIn.anyService',
    placeholder: 'signIn.addressPlaceholder',
    help: 'signIn.anyHelp',
  },
];
