/** Keeps the cause of an unexpected error in the server's log, under the reference that the answer names. */
export type ReportInternal = (reference: string, cause: unknown) => void;
