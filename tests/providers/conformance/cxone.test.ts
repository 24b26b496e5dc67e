import { describeConformance } from './conformance.ts';
import { cxoneStandIn } from './worlds/cxone/cxone-world.ts';

describeConformance(cxoneStandIn);
