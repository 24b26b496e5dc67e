import { AppError } from '../../../../shared/contract/errors.ts';

/**
 * `none`: no agent runs, or none is known of. `silent`: it did not answer in time. `not-an-agent`: what answers there does not speak
 * the protocol. `refused`: it said no, as a locked one does, or one whose owner declined; `shows-none`: it said no, and lists no key at all, as one that is empty or locked.
 */
export type AgentFault = 'none' | 'silent' | 'not-an-agent' | 'refused' | 'shows-none';

const reasons = { refused: 'agent-refused', 'shows-none': 'agent-shows-none' } as const;

/** An AppError agent-unavailable that tells the causes apart. */
export class AgentFailure extends AppError {
  readonly fault: AgentFault;

  constructor(fault: AgentFault, what: string) {
    super('agent-unavailable', fault === 'refused' || fault === 'shows-none' ? { reason: reasons[fault] } : {}, what);
    this.fault = fault;
  }
}
