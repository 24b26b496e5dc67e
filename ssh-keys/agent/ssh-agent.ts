import { SshReader, SshWriter } from '../encoding/ssh-wire.ts';
import { cleanText } from '../encoding/text.ts';
import type { PrivateKey } from '../key.ts';
import { makeKeyNow } from '../make.ts';
import { KeyFailure } from '../problem.ts';
import { AgentFailure } from './agent-failure.ts';
import { askAgent, maxMessageBytes } from './ask-agent.ts';

/**
 * The SSH agent that runs on this computer (RFC 9987). Each call asks it anew: keys expire, agents end. Errors of all
 * calls: AgentFailure.
 */
export interface SshAgent {
  list(): Promise<readonly AgentIdentity[]>;
  /**
   * Holds it until `lifetime` (seconds) is over or it is removed; one that it holds already gets the new limits.
   * Errors: takes-no-limits too.
   */
  add(key: PrivateKey, limits: AgentLimits): Promise<void>;
  /** No error if it holds other keys alone. `blob`: the public key. */
  remove(blob: Uint8Array): Promise<void>;
  /** A signature of `data` in SSH form, RSA with SHA-512. Refused if it does not hold the key or its owner declines. */
  sign(blob: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
}

interface AgentIdentity {
  readonly blob: Uint8Array;
  /** Cleaned. */
  readonly comment: string;
}

export interface AgentLimits {
  /** Seconds, 1 to 2^32 - 1; null until the agent ends. */
  readonly lifetime: number | null;
  /** Whether the agent asks its owner before each use. */
  readonly confirm: boolean;
}

export interface SshAgentOptions {
  /** Undefined: there is none. */
  readonly path: string | undefined;
  /** Milliseconds that it may take to answer by itself. */
  readonly deadline?: number;
  /** Milliseconds where it may have to ask its owner. */
  readonly askingDeadline?: number;
}

// RFC 9987 §5.1, §5.2, §5.3.
const failure = 5;
const success = 6;
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
const addIdentity = 17;
const removeIdentity = 18;
const addConstrained = 25;
const constrainLifetime = 1;
const constrainConfirm = 2;
const constrainExtension = 255;
const rsaSha512 = 4;

/** Where the agent listens: what the environment says, or the pipe of the OpenSSH that comes with Windows. */
export function findAgentPath(environment: Readonly<NodeJS.ProcessEnv>, platform: NodeJS.Platform): string | undefined {
  return environment['SSH_AUTH_SOCK'] || (platform === 'win32' ? String.raw`\\.\pipe\openssh-ssh-agent` : undefined);
}

export function createSshAgent({ path, deadline = 5_000, askingDeadline = 60_000 }: SshAgentOptions): SshAgent {
  /** The content of an answer of type `expected`. */
  async function ask(message: Uint8Array, expected: number, time: number): Promise<SshReader> {
    if (path === undefined) throw new AgentFailure('none', 'no agent is set up');
    if (message.length > maxMessageBytes) throw new AgentFailure('refused', `a question of ${message.length} bytes`);
    const answer = await askAgent({ path, message, deadline: time });
    const type = answer[0] ?? 0;
    if (type === failure) throw new AgentFailure('refused', 'it answered with a failure');
    if (type !== expected) throw new AgentFailure('not-an-agent', `an answer of type ${type}`);
    return new SshReader(answer.subarray(1), 'agent-answer');
  }

  /**
   * Its one answer says not why: what is asked with is a key that opens nothing, and is taken back at once. Windows'
   * own agent knows no limits, nor do some of keyrings.
   */
  async function takesUnlimited(): Promise<boolean> {
    const key = makeThrowAwayKey();
    try {
      await ask(toAddMessage(key, { lifetime: null, confirm: false }), success, askingDeadline);
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
    await ask(new SshWriter().byte(removeIdentity).string(key.publicKey.blob).bytes(), success, askingDeadline);
    return true;
  }

  return {
    async list() {
      const answer = await ask(Uint8Array.of(requestIdentities), identitiesAnswer, deadline);
      return orNotAnAgent(() => readIdentities(answer));
    },
    async add(key, limits) {
      try {
        await ask(toAddMessage(key, limits), success, askingDeadline);
      } catch (error) {
        const isLimited = limits.lifetime !== null || limits.confirm;
        if (!isRefusal(error) || !isLimited || !(await takesUnlimited())) throw error;
        throw new AgentFailure('takes-no-limits', 'it takes keys, and refuses them with limits');
      }
    },
    async remove(blob) {
      try {
        await ask(new SshWriter().byte(removeIdentity).string(blob).bytes(), success, askingDeadline);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // Its one answer for "not mine" and for "I will not". A locked one lists nothing, and may hold it still.
        const identities = await this.list();
        if (identities.length === 0)
          throw new AgentFailure('shows-none', 'it answered with a failure, and lists no key');
        if (identities.some((identity) => Buffer.from(identity.blob).equals(blob))) throw error;
      }
    },
    async sign(blob, data) {
      const answer = await ask(
        new SshWriter().byte(signRequest).string(blob).string(data).uint32(rsaSha512).bytes(),
        signResponse,
        askingDeadline,
      );
      return orNotAnAgent(() => new Uint8Array(answer.string()));
    },
  };
}

function isRefusal(error: unknown): error is AgentFailure {
  return error instanceof AgentFailure && error.fault === 'refused';
}

function toAddMessage({ publicKey, agentForm, comment }: PrivateKey, { lifetime, confirm }: AgentLimits): Uint8Array {
  const constraints = new SshWriter();
  if (lifetime !== null) constraints.byte(constrainLifetime).uint32(lifetime);
  if (confirm) constraints.byte(constrainConfirm);
  // How OpenSSH's own agent reaches the security key that holds the private half; no other agent takes such keys.
  if (publicKey.type.startsWith('sk-'))
    constraints.byte(constrainExtension).text('sk-provider@openssh.com').text('internal');
  const limits = constraints.bytes();
  return new SshWriter()
    .byte(limits.length > 0 ? addConstrained : addIdentity)
    .raw(agentForm)
    .text(comment)
    .raw(limits)
    .bytes();
}

function readIdentities(answer: SshReader): readonly AgentIdentity[] {
  const count = answer.uint32();
  const identities: AgentIdentity[] = [];
  // A count beyond what the answer holds ends at its end, with an error.
  for (let index = 0; index < count; index += 1)
    identities.push({ blob: new Uint8Array(answer.string()), comment: cleanText(answer.text()) });
  answer.expectEnd();
  return identities;
}

function orNotAnAgent<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyFailure) throw new AgentFailure('not-an-agent', error.message);
    throw error;
  }
}

/** An Ed25519 key that opens nothing, to see whether an agent takes keys at all. */
export function makeThrowAwayKey(): PrivateKey {
  return makeKeyNow('Profile Desk asks');
}
