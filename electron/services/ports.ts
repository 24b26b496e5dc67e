import type { AxiosRequestConfig } from 'axios';
import type { MessageLink } from '../../shared/rpc/message-link.ts';

// What the outside must provide. Electron's main process and the browser shell each implement these once;
// the services know nothing else of where they run.

/** Wraps one random key under the operating system's key store. */
export interface KeyWrapper {
  /** Asks the key store; touched only once there is something to keep. Never throws. */
  status(): Promise<KeyStoreStatus>;
  /** The store has another key by now than the one that `unwrap` used last: wrap anew. */
  readonly wantsRewrap?: boolean;
  /** Errors: AppError key-store-unavailable. */
  wrap(key: Uint8Array): Promise<Uint8Array>;
  /**
   * Errors: AppError key-store-unavailable (key-store-locked or key-store-needs-restart, or key-store-changed if this
   * store never wrapped it).
   */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

export type KeyStoreStatus =
  | { readonly available: true; readonly name: string }
  /** `cause` is for the log on this computer. */
  | {
      readonly available: false;
      readonly cause: string;
      /** It may be locked, and answers otherwise in the next run at the earliest. */
      readonly restartHelps?: boolean;
      /** The person switched it off: nobody asks what to do instead. */
      readonly isSwitchedOff?: boolean;
    };

/** Small files in the data folder, each replaced as a whole or not at all. */
export interface FileStore {
  /**
   * Content, or undefined if there is no such file. What is no regular file (a link, a pipe, a device) counts as an
   * empty one: nothing of it is ours, and nobody waits for it. Errors: AppError storage-fault.
   */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Durable once resolved: temp file, fsync, rename, fsync of the folder. Errors: AppError storage-fault. */
  write(name: string, content: Uint8Array): Promise<void>;
  /** No error if it is gone already. */
  remove(name: string): Promise<void>;
  /** Moves a damaged file out of the way without losing it; returns its new name. */
  setAside(name: string): Promise<string>;
}

/** The reference API inside the app (D7), on a free loopback port. */
export interface EmbeddedProvider {
  /** Starts it if it does not run; one start for many callers. Errors: AppError storage-fault, internal. */
  start(options: EmbeddedStartOptions): Promise<EmbeddedStart>;
  /** The key that lies beside the data, if one does. Errors: AppError storage-fault. */
  formerKey(): Promise<Uint8Array | undefined>;
  /** What it would have sent by mail, newest first. Errors: AppError storage-fault. */
  mails(): Promise<readonly EmbeddedMail[]>;
  stop(): Promise<void>;
  /** Stops it and deletes everything it kept. Errors: AppError storage-fault. */
  erase(): Promise<void>;
}

export interface EmbeddedStartOptions {
  readonly resetDemoPassword: boolean;
  /** Undefined: the provider keeps one in a file beside its data. */
  readonly dataKey: EmbeddedDataKey | undefined;
}

export interface EmbeddedDataKey {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** It was made just now: data that it does not open was sealed with one that is lost, and is set aside. */
  readonly isNew: boolean;
}

export interface EmbeddedMail {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  readonly to: string;
  readonly subject: string;
  /** Lines end with \n. */
  readonly text: string;
}

export interface EmbeddedStart {
  /** Base URL, e.g. http://127.0.0.1:40123 */
  readonly address: string;
  /** Identifier always; password only when it was made or reset by this start: the server keeps a hash alone. */
  readonly demo: { readonly identifier: string; readonly password: string | null };
}

/** At once, or as it is made; whoever makes it may fail, and then nothing was written. */
export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

/** Keeps something for the person outside of the data folder, where they want it. */
export interface FilePicker {
  /**
   * Asks where to, or chooses where nobody can be asked, and writes a file that only its owner may read. Nothing there
   * is replaced without a question. Gives its path, or null if the person cancelled. `signal`: from then on no answer
   * counts, and nothing is begun to be written. Content that is made while it is written is asked for once it is known
   * where to. Errors: AppError storage-fault (data-folder: not among the app's own files), the signal's reason, those
   * of the content; nothing is written then, and what was there stays.
   */
  save(
    file: { readonly suggestedName: string; readonly content: FileContent },
    signal?: AbortSignal,
  ): Promise<string | null>;
  /**
   * Asks for files, or one folder; their paths, or null if the person cancelled. Left out where nobody can be asked.
   */
  choose?(what: 'files' | 'folder'): Promise<readonly string[] | null>;
}

/** A process or thread of ours, however the shell starts one. Asked through a `ChildClient`. */
export interface Child extends MessageLink {
  /** Called once, also if it never came up; null where there is no exit code. */
  onExit(listener: (code: number | null) => void): void;
  /** Ends it, also if it is only about to come up. */
  kill(): void;
}

/** What SSH has on this computer. */
export interface SshEnvironment {
  /** Where people keep their keys. */
  readonly folder: string;
  /** Socket or pipe of the agent; undefined if none is set up. */
  readonly agentPath: string | undefined;
  /** Starts what reads foreign key files; another one makes keys of passphrases. */
  startKeyWorker(): Child;
}

/** The person's clipboard. Errors: AppError clipboard-unavailable. */
export interface Clipboard {
  writeText(text: string): Promise<void>;
  /** Marked where the system knows such a mark, so that histories and other devices do not get it. */
  writeSecret(text: string): Promise<void>;
  /** Empty if it holds no text. */
  read(): Promise<string>;
  clear(): Promise<void>;
}

/** Tells the person something while the window may be closed. */
export interface Notifier {
  /** Whether the system took it. Never throws. */
  show(notification: { readonly title: string; readonly body: string }): Promise<boolean>;
}

/** The person's own browser, where they are signed in elsewhere already. */
export interface BrowserOpener {
  /**
   * Opens the page; false if there is no browser to open. The caller has judged the address: https, or http on this
   * computer.
   */
  open(address: URL): Promise<boolean>;
}

/**
 * Asks the person, by means that no page of the app has, whether the app may connect to an address that is new to it.
 */
export interface OriginQuestion {
  /**
   * `origin` as a URL gives it, e.g. https://xn--bcher-kva.example: names in ASCII. False without an answer. `signal`
   * takes the question back. Never throws.
   */
  ask(origin: string, signal?: AbortSignal): Promise<boolean>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that never run backwards. */
  monotonic(): number;
  /** Milliseconds since this computer was started, whatever its clock is set to: the same for each run of the app. */
  sinceBoot(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Goes to a file on this computer. Never give it a token, a password, a key or an error of the HTTP library. */
export interface Log {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, cause: unknown, facts?: LogFacts): void;
}
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

/** Settings without secrets (electron-store, or conf outside Electron). */
export interface SettingsFile {
  read(): unknown;
  write(value: Readonly<Record<string, unknown>>): void;
}

/** What the packing said of this build. */
export interface Release {
  /** Day of the build, `YYYY-MM-DD` in UTC. */
  readonly builtOn: string;
  /** https address of the page with newer versions; null where there is none yet. */
  readonly newVersionsAt: string | null;
  /** Of this app at services, by the address that people sign in at: who has another is asked for none. */
  readonly clientIds?: Readonly<Record<string, string>>;
}

/**
 * How bytes travel: Node's own HTTP if empty; Electron gives `{ adapter: 'fetch', env: { fetch } }` with its net.fetch.
 */
export interface HttpTransport extends Pick<AxiosRequestConfig, 'adapter' | 'env' | 'httpsAgent'> {
  /** Milliseconds for all tries of a request and its whole answer; ten seconds if left out. */
  readonly deadlineMs?: number;
}

export interface Ports {
  readonly shell: 'electron' | 'browser';
  readonly version: string;
  /** Left out for builds from source. */
  readonly release?: Release;
  readonly keyWrapper: KeyWrapper;
  readonly files: FileStore;
  readonly settingsFile: SettingsFile;
  readonly filePicker: FilePicker;
  readonly ssh: SshEnvironment;
  readonly browser: BrowserOpener;
  readonly originQuestion: OriginQuestion;
  readonly clipboard: Clipboard;
  readonly notifier: Notifier;
  readonly embedded: EmbeddedProvider | undefined;
  /** Node's own HTTP if left out; Electron gives Chromium's, which knows the system's proxy and certificates. */
  readonly transport?: HttpTransport;
  /** Ends the app in its own way and starts it again; left out where the shell cannot. */
  readonly restart?: () => void;
  readonly clock: Clock;
  readonly log: Log;
}
