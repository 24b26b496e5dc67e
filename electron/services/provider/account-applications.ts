import type { Application } from '../../../shared/contract/applications.ts';

/** What an account can do with the applications of others that have access to it (R4). */
export interface AccountApplications {
  /** In any order; each id once. Errors: not-offered; forbidden (permission). */
  readApplications(): Promise<ApplicationFacts[]>;
  /**
   * Takes back what was granted to it, and ends its sessions. Nothing happens to one that has nothing. Errors:
   * not-found, of one that the service does not know; forbidden (permission).
   */
  withdrawApplication(applicationId: string): Promise<void>;
}

/** An application as the provider tells it; texts are fit to be shown. */
export type ApplicationFacts = Readonly<Omit<Application, 'grants'>> & { readonly grants: readonly string[] };
