import type * as z from 'zod';
import { problemSchema } from './problem.ts';

const problem = {
  description: 'Problem (RFC 9457)',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** The answers of a route for its schema: its own on success, a problem on anything else. */
export function answers<Success extends Record<number, z.ZodType>>(success: Success) {
  return { ...success, '4xx': problem, '5xx': problem };
}
