import { AppError, type ErrorReason } from '../../../../../shared/contract/errors.ts';
import {
  AgentFailure,
  createSshAgent,
  type AgentFault,
  type SshAgent,
  type SshAgentOptions,
} from '../../../../../ssh-keys/index.ts';

const reasons: Partial<Record<AgentFault, ErrorReason>> = {
  refused: 'agent-refused',
  'takes-no-limits': 'agent-takes-no-limits',
  'shows-none': 'agent-shows-none',
};

/** An AppError agent-unavailable that tells the causes apart. */
export class AgentUnavailable extends AppError {
  readonly fault: AgentFault;

  constructor({ fault, message }: AgentFailure) {
    const reason = reasons[fault];
    super('agent-unavailable', reason ? { reason } : {}, message);
    this.fault = fault;
  }
}

/** The SSH agent of this computer as the services ask it. Errors of all calls: AgentUnavailable. */
export function createAppAgent(options: SshAgentOptions): SshAgent {
  const agent = createSshAgent(options);
  return {
    list: () => agent.list().catch(refuse),
    add: (key, limits) => agent.add(key, limits).catch(refuse),
    remove: (blob) => agent.remove(blob).catch(refuse),
    sign: (blob, data) => agent.sign(blob, data).catch(refuse),
  };
}

function refuse(error: unknown): never {
  throw error instanceof AgentFailure ? new AgentUnavailable(error) : error;
}
