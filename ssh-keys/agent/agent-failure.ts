/**
 * `none`: no agent runs, or none is known of. `silent`: it did not answer in time. `not-an-agent`: what answers there
 * does not speak the protocol. `takes-no-limits`: it takes keys, but none for a time or with a question. `refused`: it
 * said no, as a locked one does, or one whose owner declined. `shows-none`: it said no, and lists no key at all, as one
 * that is empty or locked.
 */
export type AgentFault = 'none' | 'silent' | 'not-an-agent' | 'refused' | 'takes-no-limits' | 'shows-none';

/** The message is for a log. */
export class AgentFailure extends Error {
  readonly fault: AgentFault;

  constructor(fault: AgentFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
