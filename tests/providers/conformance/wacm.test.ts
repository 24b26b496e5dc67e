import { describeConformance } from './conformance.ts';
import { wacmStandIn } from './worlds/wacm/wacm-world.ts';

describeConformance(wacmStandIn);
