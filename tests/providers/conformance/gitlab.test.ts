import { describeConformance } from './conformance.ts';
import { gitlabStandIn } from './worlds/gitlab/gitlab-world.ts';

describeConformance(gitlabStandIn);
