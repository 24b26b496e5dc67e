import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import type { ContextMenuParams, EditFlags, IpcMainInvokeEvent, WebContents } from 'electron';
import type { AppContract } from '../../../shared/contract/index.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import type { Transport } from '../../../shared/rpc/transport.ts';
import { app } from './app.ts';
import { crossing } from './bridge.ts';
import { emitCancelable } from './cancelable.ts';
import { clipboardText, ipcMain, nativeTheme, nextAnswer, powerMonitor } from './electron.ts';
import { children } from './fork.ts';
import { journal, note, whenNoted } from './journal.ts';
import { allPermissions, type Permission } from './permissions.ts';
import { keyring } from './safe-storage.ts';
import { session, type FakeSession } from './session.ts';
import { BrowserWindow, FakeWebContents, windows, type FakeFrame } from './window.ts';

// What the test in the parent process can do to the app: what a person, a page or an attacker would do.

interface Caller {
  readonly sender?: 'own window' | 'other window';
  readonly frame?: 'top' | 'inner' | 'gone';
  readonly origin?: string;
}
type Bridge = {
  request(channel: string, input: unknown): Promise<unknown>;
  subscribe(listener: (message: unknown) => void): () => void;
};

function page(): BrowserWindow {
  const window = windows[0];
  if (!window) throw new Error('there is no window');
  return window;
}

function sessionOf(partition: string): FakeSession {
  return session.fromPartition(partition);
}

const pageSession = 'renderer';

async function invoke(
  channel: string,
  args: unknown[],
  { sender, frame = 'top', origin }: Caller = {},
): Promise<unknown> {
  const handler = ipcMain.handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  const { webContents } = sender === 'other window' ? new BrowserWindow({}) : page();
  if (origin !== undefined) webContents.mainFrame = { origin };
  const frames: Record<NonNullable<Caller['frame']>, FakeFrame | null> = {
    top: webContents.mainFrame,
    inner: { ...webContents.mainFrame },
    gone: null,
  };
  const event = { sender: webContents as unknown as WebContents, senderFrame: frames[frame] } as IpcMainInvokeEvent;
  return structuredClone(await handler(event, ...structuredClone(args)));
}

/** Runs the built preload as Electron's sandbox does: CommonJS with a `require` that knows `electron` alone. */
function runPreload(): { exposed: Map<string, object>; required: string[] } {
  const exposed = new Map<string, object>();
  const required: string[] = [];
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: object) => exposed.set(name, crossing(api) as object) },
    ipcRenderer: {
      invoke: (channel: string, ...args: unknown[]) => invoke(channel, args),
      on: (channel: string, listener: () => void) => page().webContents.page.on(channel, listener),
      removeListener: (channel: string, listener: () => void) =>
        page().webContents.page.removeListener(channel, listener),
    },
  };
  const require = (name: string): unknown => {
    required.push(name);
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  };
  const file = page().options.webPreferences?.preload ?? '';
  const module = { exports: {} };
  runInNewContext(
    readFileSync(file, 'utf8'),
    { require, module, exports: module.exports, process: { sandboxed: true } },
    { filename: file },
  );
  return { exposed, required };
}

const bridge = (): Bridge => runPreload().exposed.get('profileDesk') as Bridge;
const received: unknown[] = [];
const receivedArguments: number[] = [];
let leave = (): void => undefined;

export const controls = {
  journal: () => journal,
  whenNoted,
  themeSource: () => nativeTheme.themeSource,
  answerNextQuestionWith: (button: number) => void (nextAnswer.button = button),

  /** Asks for a file as the page does. */
  async open(url: string, method = 'GET') {
    const handler = sessionOf(pageSession).schemes.get('app');
    if (!handler) throw new Error('app:// is not served');
    const response = await handler(new Request(url, { method }) as Parameters<typeof handler>[0]);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  },
  /** Whether a request is cancelled before it leaves. */
  isCancelled: (url: string, partition = pageSession) =>
    new Promise<boolean>((resolve) => {
      const listener = sessionOf(partition).beforeRequest;
      if (!listener) resolve(false);
      listener?.({ url } as Parameters<typeof listener>[0], (answer) => resolve(answer.cancel === true));
    }),
  /**
   * What a page is granted of all there is to ask for: by a request, by a check; and what the other handlers answer,
   * null where there is none.
   */
  async permissions(partition = pageSession) {
    const { handlers, spellChecker } = sessionOf(partition);
    const contents = page().webContents as unknown as WebContents;
    const isGranted = (permission: Permission) =>
      new Promise<boolean>((resolve) =>
        handlers.request ? handlers.request(contents, permission, resolve, {} as never) : resolve(true),
      );
    const requested: Permission[] = [];
    for (const permission of allPermissions) if (await isGranted(permission)) requested.push(permission);
    const checked = allPermissions.filter(
      (permission) => handlers.check?.(contents, permission, 'app://profile-desk', {} as never) ?? true,
    );
    const display = await new Promise((resolve) =>
      handlers.display ? handlers.display({} as never, resolve) : resolve('default'),
    );
    const device = handlers.device?.({} as never) ?? null;
    return { asked: allPermissions.length, requested, checked, display, device, spellChecker };
  },
  /** What the keyring of the desktop is from now on; an answer that was given stays. */
  setKeyring: (now: Partial<typeof keyring>) => void Object.assign(keyring, now),
  clipboardText: () => clipboardText.now,
  systemTells: (event: 'suspend' | 'lock-screen') => void powerMonitor.emit(event),
  isDownloadPrevented: () => emitCancelable(sessionOf(pageSession), 'will-download', {}, {}),
  /** Emits one of the page's events; whether it was prevented. `on` may be a page that nobody planned. */
  isPrevented: (name: string, on: 'own window' | 'stray page' = 'own window') =>
    emitCancelable(on === 'own window' ? page().webContents : new FakeWebContents(), name, {}, {}),
  webRtcPolicy: (of: 'own window' | 'stray page' = 'own window') =>
    (of === 'own window' ? page().webContents : new FakeWebContents()).webRtcPolicy,
  bluetoothChoice: () =>
    new Promise<string>((resolve) => {
      const prevented = emitCancelable(page().webContents, 'select-bluetooth-device', [{ deviceId: 'first' }], resolve);
      if (!prevented) resolve('first');
    }),
  openWindow: (url: string) => page().webContents.windowOpenHandler?.({ url } as Electron.HandlerDetails) ?? null,

  invoke: (channel: string, args: unknown[], caller?: Caller) => invoke(channel, args, caller),
  ipcChannels: () => [...ipcMain.handlers.keys(), ...ipcMain.eventNames().map(String)],
  preload() {
    const { exposed, required } = runPreload();
    return {
      required,
      exposed: [...exposed].map(([name, api]) => [
        name,
        Object.entries(api).map(([key, value]) => `${key}: ${typeof value}`),
      ]),
    };
  },
  request: (channel: string, input?: unknown) => bridge().request(channel, input),
  subscribe() {
    leave = bridge().subscribe((...args: unknown[]) => {
      receivedArguments.push(args.length);
      received.push(args[0]);
      note('page hears', args[0]);
    });
  },
  /** A page of which many parts listen to the same, through the client that it uses. */
  subscribeParts(count: number) {
    const transport = bridge() as Transport;
    const client = createClient<AppContract>(transport);
    for (let part = 0; part < count; part += 1) client.on('settings.changed', (payload) => void received.push(payload));
  },
  unsubscribe: () => leave(),
  received: () => ({
    messages: received,
    receivedArguments,
    listeners: page().webContents.page.listenerCount('rpc-event'),
  }),

  openContextMenu: (
    params: Pick<ContextMenuParams, 'isEditable' | 'selectionText'>,
    can: readonly (keyof EditFlags)[],
  ) =>
    void page().webContents.emit(
      'context-menu',
      {},
      {
        ...params,
        frame: null,
        editFlags: Object.fromEntries(can.map((flag) => [flag, true])),
      },
    ),
  /** Windows is about to end the person's session. */
  endSession: () => void page().emit('query-session-end', { reasons: ['shutdown'] }),
  startSecondCopy: () => void app.emit('second-instance', {}, [], ''),
  crashPage: (reason: string) => void page().webContents.emit('render-process-gone', {}, { reason, exitCode: 5 }),
  /** A fatal error of V8 in a utility process. */
  breakChild: (name: string) => {
    const child = children.find((each) => each.name === name);
    if (!child) throw new Error(`there is no process ${name}`);
    child.breakDown();
  },
  hangPage: () => void page().emit('unresponsive'),
  closeWindow({ isPageDirty }: { isPageDirty: boolean }) {
    const closed = page().close({ isPageDirty });
    if (windows.length === 0) app.emit('window-all-closed');
    return closed;
  },
  quit: () => app.quit(),
  throwLater: () =>
    void setImmediate(() => {
      throw new Error('nobody caught this');
    }),
};
export type Controls = typeof controls;

interface Order {
  readonly number: number;
  readonly name: keyof Controls;
  readonly args: unknown[];
}

process.on('warning', ({ name }) => note('warning', name));
process.on('message', (order: Order) => {
  const act = controls[order.name] as (...args: unknown[]) => unknown;
  Promise.resolve()
    .then(() => act(...order.args))
    .then(
      (value) => process.send?.({ number: order.number, value: value ?? null }),
      (error: unknown) => process.send?.({ number: order.number, error: String(error) }),
    );
});
