import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { contract } from '../../shared/contract/index.ts';
import { createDispatcher } from '../../shared/rpc/dispatcher.ts';
import { createFaultReporter } from '../services/log/fault-reporter.ts';
import type { Log } from '../services/ports.ts';
import type { Services } from '../services/services.ts';
import { appOrigin } from './app-scheme.ts';

/** Binds the one gate to the one channel, and sends events to the window there is. */
export function bindIpc(services: Services, log: Log, ownWindow: () => BrowserWindow | undefined): void {
  const dispatcher = createDispatcher(contract, services.handlers, {
    isTrusted: (event: IpcMainInvokeEvent) => isTrusted(event, ownWindow()),
    report: createFaultReporter(log),
  });
  ipcMain.handle('rpc', (event, channel: unknown, input: unknown) =>
    dispatcher.dispatch(typeof channel === 'string' ? channel : '', input, event),
  );
  services.onEvent((message) => ownWindow()?.webContents.send('rpc-event', message));
}

/** Own window, its top frame, own origin. The frame is null once it has navigated away or is gone. */
function isTrusted({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean {
  if (!window || sender !== window.webContents || !senderFrame) return false;
  return senderFrame === sender.mainFrame && senderFrame.origin === appOrigin;
}
