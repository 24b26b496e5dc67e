import { AppError } from '../../../../shared/contract/errors.ts';

/**
 * `none`: no agent runs, or none is known of. `silent`: it did not answer in time. `not-an-agent`: what answers there does not speak
 * the protocol. `refused`: it said no, as a locked one does, or one whose owner declined.
 */
export type AgentFault = 'none' | 'silent' | 'not-an-agent' | 'refused';

/** An AppError agent-unavailable that tells the causes apart. */
export class AgentFailure extends AppError {
  readonly fault: AgentFault;

  constructor(fault: AgentFault, what: string) {
    super('agent-unavailable', fault === 'refused' ? { reason: 'agent-refused' } : {}, what);
    this.fault = fault;
  }
}
