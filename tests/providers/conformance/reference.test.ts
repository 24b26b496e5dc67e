import { describeConformance } from './conformance.ts';
import { reference } from './worlds/reference/reference-world.ts';

describeConformance(reference);
