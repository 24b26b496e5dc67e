import { AppError, type ErrorReason } from '../../../../shared/contract/errors.ts';

/**
 * `none`: no agent runs, or none is known of. `silent`: it did not answer in time. `not-an-agent`: what answers there does not speak
 * the protocol. `takes-no-limits`: it takes keys, but none for a time or with a question. `refused`: it said no, as a locked one does, or one whose owner declined; `shows-none`: it said no, and lists no key at all, as one that is empty or locked.
 */
export type AgentFault = 'none' | 'silent' | 'not-an-agent' | 'refused' | 'takes-no-limits' | 'shows-none';

const reasons: Partial<Record<AgentFault, ErrorReason>> = {
  refused: 'agent-refused',
  'takes-no-limits': 'agent-takes-no-limits',
  'shows-none': 'agent-shows-none',
};

/** An AppError agent-unavailable that tells the causes apart. */
export class AgentFailure extends AppError {
  readonly fault: AgentFault;

  constructor(fault: AgentFault, what: string) {
    const reason = reasons[fault];
    super('agent-unavailable', reason ? { reason } : {}, what);
    this.fault = fault;
  }
}
