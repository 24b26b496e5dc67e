import { describeConformance } from './conformance.ts';
import { elasticIoStandIn } from './worlds/elastic-io/elastic-io-world.ts';

describeConformance(elasticIoStandIn);
