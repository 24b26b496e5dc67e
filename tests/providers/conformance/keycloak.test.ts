import { describeConformance } from './conformance.ts';
import { keycloakStandIn } from './worlds/keycloak/keycloak-world.ts';

describeConformance(keycloakStandIn);
