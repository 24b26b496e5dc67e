import { describeConformance } from './conformance.ts';
import { kratosStandIn } from './worlds/kratos/kratos-world.ts';

describeConformance(kratosStandIn);
