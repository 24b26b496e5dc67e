import type { FileProblemKind } from '../../../../../shared/contract/transfer.ts';

/** Why a file cannot be imported, where that lies in the file. */
export class FileProblem extends Error {
  readonly kind: FileProblemKind;
  /** Of the format, where it is a later one. */
  readonly version: number | undefined;

  constructor(kind: FileProblemKind, version?: number) {
    super(kind);
    this.name = 'FileProblem';
    this.kind = kind;
    this.version = version;
  }
}
