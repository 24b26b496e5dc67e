import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { Desk } from '../desk.ts';
import type { OtherClient } from '../world.ts';

/** The app does an operation, and a program of others sees what became of it. */
export type Story = (desk: Desk, other: OtherClient) => Promise<void>;

export type Stories = Readonly<Partial<Record<Operation, Story>>>;
