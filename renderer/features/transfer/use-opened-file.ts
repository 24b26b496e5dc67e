import { onScopeDispose } from 'vue';
import { useHost } from '../../host/host.ts';
import { asErrorShape } from '../../lib/errors/error-shape.ts';
import { useSentFile } from './use-sent-file.ts';

/** A file that its passphrase opened: the services know it by an id until it is taken over or given up. */
export function useOpenedFile() {
  const { transfer } = useHost().calls;
  const sentFile = useSentFile();
  let passphrase = '';
  let importId: string | undefined;

  async function openAgain(): Promise<string | undefined> {
    const given = await sentFile.start();
    importId = given && sentFile.valueOf(await transfer.openFile({ ...given, passphrase }))?.importId;
    return importId;
  }

  /** Its id; undefined where the file is the problem. Errors: unauthenticated (wrong-passphrase). */
  function open(typed: string): Promise<string | undefined> {
    passphrase = typed;
    return openAgain();
  }

  /** Reads it once more, to take it over. A try before may have failed, the disk was full: then it is opened anew. */
  async function begin(theirs: string[]): Promise<string | undefined> {
    try {
      if (importId !== undefined) await transfer.beginImport({ importId, theirs });
      return importId;
    } catch (reason) {
      if (asErrorShape(reason).code !== 'not-found') throw reason;
      const id = await openAgain();
      if (id !== undefined) await transfer.beginImport({ importId: id, theirs });
      return id;
    }
  }

  /** It was taken over. */
  function close(): void {
    passphrase = '';
    importId = undefined;
  }

  onScopeDispose(() => {
    if (importId !== undefined) void transfer.discard({ importId }).catch(() => undefined);
    close();
  });

  return { ...sentFile, open, begin, close };
}
