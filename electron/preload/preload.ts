import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';

// Everything the renderer can reach. No state, no secret, no ipcRenderer and no event object crosses over.
contextBridge.exposeInMainWorld('profileDesk', {
  /** Resolves with a Reply (shared/rpc/transport.ts). */
  request(channel: string, input: unknown): Promise<unknown> {
    return ipcRenderer.invoke('rpc', channel, input);
  },
  /** `listener` gets each EventMessage (shared/rpc/transport.ts). Returns the function that ends it. */
  subscribe(listener: (message: unknown) => void): () => void {
    const forward = (_event: IpcRendererEvent, message: unknown): void => listener(message);
    ipcRenderer.on('rpc-event', forward);
    return () => {
      ipcRenderer.removeListener('rpc-event', forward);
    };
  },
});
