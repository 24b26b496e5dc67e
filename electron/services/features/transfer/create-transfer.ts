import { hostname } from 'node:os';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { Ports } from '../../ports.ts';
import { createTransferService, type TransferDeps } from './transfer.service.ts';

export interface CreateTransferDeps extends Omit<TransferDeps, 'filePicker' | 'version' | 'computer'> {
  readonly ports: Pick<Ports, 'filePicker' | 'version'>;
  readonly events: Pick<ServiceEmitter, 'on'>;
}

/** Wires together export and import; `parts` is what the features have to take along. */
export function createTransfer({ ports, events, ...rest }: CreateTransferDeps): Handlers<AppContract>['transfer'] {
  const { filePicker, version } = ports;
  const service = createTransferService({ ...rest, filePicker, version, computer: hostname() });
  events.on('closing', () => service.stop());
  return service.handlers;
}
