import type { Operation } from '../../../shared/contract/account/operations.ts';

/** How a person gets an operation done at a service. One that the service does not know is absent. */
export interface Expectation {
  /** The app does it, or opens a page of the service that does. */
  readonly by: 'app' | 'page';
  /** What the person may lack, in the service's own word: a scope, a role, a permission. */
  readonly needs?: string;
}

export type Expectations = Readonly<Partial<Record<Operation, Expectation>>>;

export const byApp: Expectation = { by: 'app' };
export const byPage: Expectation = { by: 'page' };
export const byAppWith = (needs: string): Expectation => ({ by: 'app', needs });
export const byPageWith = (needs: string): Expectation => ({ by: 'page', needs });
