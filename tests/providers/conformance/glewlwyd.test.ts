import { describeConformance } from './conformance.ts';
import { glewlwyd } from './worlds/glewlwyd/glewlwyd-world.ts';

describeConformance(glewlwyd);
