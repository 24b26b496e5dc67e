import { describeConformance } from './conformance.ts';
import { githubStandIn } from './worlds/github/github-world.ts';

describeConformance(githubStandIn);
