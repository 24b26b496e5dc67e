import { EventEmitter } from 'node:events';
import type { Protocol, Session, WebRequest } from 'electron';
import { app } from './app.ts';
import { note } from './journal.ts';

type SessionParts = Pick<
  Session,
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'setSpellCheckerLanguages'
>;
type Handlers = {
  device: Parameters<Session['setDevicePermissionHandler']>[0];
  display: Parameters<Session['setDisplayMediaRequestHandler']>[0];
  check: Parameters<Session['setPermissionCheckHandler']>[0];
  request: Parameters<Session['setPermissionRequestHandler']>[0];
};
type BeforeRequest = Extract<Parameters<WebRequest['onBeforeRequest']>[0], (...args: never[]) => void>;

export class FakeSession extends EventEmitter implements SessionParts {
  readonly partition: string;
  readonly handlers: Handlers = { device: null, display: null, check: null, request: null };
  readonly schemes = new Map<string, Parameters<Protocol['handle']>[1]>();
  spellChecker = true;
  #dictionaries = ['en-US'];
  beforeRequest: BeforeRequest | undefined;

  constructor(partition: string) {
    super();
    this.partition = partition;
    // Its dictionaries are begun with before anybody hears of the session; only having none stops that.
    setImmediate(() => this.#dictionaries.length > 0 && note('spell checker asks for dictionaries', partition));
    app.emit('session-created', this);
  }

  readonly protocol: Pick<Protocol, 'handle'> = {
    handle: (scheme, handler) => {
      note('protocol.handle', { scheme, partition: this.partition });
      this.schemes.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.beforeRequest = listener;
    },
  };

  setDevicePermissionHandler(handler: Handlers['device']): void {
    this.handlers.device = handler;
  }
  setDisplayMediaRequestHandler(handler: Handlers['display']): void {
    this.handlers.display = handler;
  }
  setPermissionCheckHandler(handler: Handlers['check']): void {
    this.handlers.check = handler;
  }
  setPermissionRequestHandler(handler: Handlers['request']): void {
    this.handlers.request = handler;
  }
  setSpellCheckerLanguages(languages: string[]): void {
    this.#dictionaries = languages;
    this.spellChecker = languages.length > 0;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }
}

const sessions = new Map<string, FakeSession>();

function open(partition: string): FakeSession {
  if (!app.isUp) throw new Error('Session can only be received when app is ready');
  const known = sessions.get(partition) ?? new FakeSession(partition);
  sessions.set(partition, known);
  return known;
}

export const session = {
  fromPartition: open,
  get defaultSession(): FakeSession {
    return open('');
  },
};
