import type { Service } from '../world.ts';
import { cxoneStandIn } from './cxone/cxone-world.ts';
import { elasticIoStandIn } from './elastic-io/elastic-io-world.ts';
import { giteaStandIn } from './gitea/gitea-world.ts';
import { githubStandIn } from './github/github-world.ts';
import { gitlabStandIn } from './gitlab/gitlab-world.ts';
import { glewlwyd } from './glewlwyd/glewlwyd-world.ts';
import { keycloakStandIn } from './keycloak/keycloak-world.ts';
import { kratosStandIn } from './kratos/kratos-world.ts';
import { reference } from './reference/reference-world.ts';
import { wacmStandIn } from './wacm/wacm-world.ts';

/** One of each kind, as it can be had without asking anybody. */
export const standIns: readonly Service[] = [
  reference,
  keycloakStandIn,
  glewlwyd,
  giteaStandIn,
  githubStandIn,
  gitlabStandIn,
  kratosStandIn,
  elasticIoStandIn,
  cxoneStandIn,
  wacmStandIn,
];
