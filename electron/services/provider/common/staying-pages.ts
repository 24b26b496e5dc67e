import type { Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess, OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountHandOff } from '../account-hand-off.ts';

/** Paths below the address of a service, by what a person does there; the browser stays. */
export type StayingPages = Readonly<Partial<Record<Operation, string>>>;

export interface StayingPagesDeps {
  readonly address: string;
  readonly pages: StayingPages;
  /** Of what these pages change the service tells no program. */
  readonly untold: readonly Operation[];
  /** What it tells of the rest: at least that somebody is there. */
  readonly read: () => Promise<unknown>;
}

export function createStayingPages({ address, pages, untold, read }: StayingPagesDeps): AccountHandOff {
  return {
    async handOff(operation) {
      const path = pages[operation];
      if (path === undefined) throw new AppError('not-offered');
      return {
        read,
        ...(untold.includes(operation) && { isUntold: true }),
        page: { comesBack: false, address: new URL(`${address}${path}`) },
      };
    },
  };
}

/** Of a field, or an operation, that only a page of the service changes. */
export function pageAccess(address: string): FieldAccess {
  return { kind: 'hand-off', page: new URL(address).host, comesBack: false };
}

export function operationsOf(pages: StayingPages, address: string): OperationAccess {
  return Object.fromEntries(Object.keys(pages).map((operation) => [operation, pageAccess(address)]));
}
