import { describeConformance } from './conformance.ts';
import { giteaStandIn } from './worlds/gitea/gitea-world.ts';

describeConformance(giteaStandIn);
