import { hostname } from 'node:os';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { Ports } from '../../ports.ts';
import { StagedAccounts } from './staged-accounts.ts';
import { createTransferService, type TransferDeps } from './transfer.service.ts';

export interface CreateTransferDeps extends Omit<TransferDeps, 'filePicker' | 'version' | 'computer' | 'noteStaged'> {
  readonly ports: Pick<Ports, 'filePicker' | 'version' | 'log'>;
  readonly events: ServiceEmitter;
}

/** Wires together export and import; `parts` is what the features have to take along. */
export function createTransfer({ ports, events, ...rest }: CreateTransferDeps): Handlers<AppContract>['transfer'] {
  const { filePicker, version, log } = ports;
  const staged = new StagedAccounts(rest.storage);
  const noteStaged = (accountId: string) => staged.note(accountId);
  const service = createTransferService({ ...rest, noteStaged, filePicker, version, computer: hostname() });
  events.on('closing', () => service.stop());
  events.on('opened', () =>
    staged
      .tidy({
        forget: (accountId) => events.emit('forgotten', { accountId }),
        tidy: (accountId) => events.emit('import-over', { accountId }),
      })
      .catch((error: unknown) => log.error('what an import left is not deleted yet', error)),
  );
  return service.handlers;
}
