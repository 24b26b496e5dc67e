/**
 * What a service needs of the accounts that are signed in: requests on its own part `A` of an account. Errors: as
 * SignedInAccounts.request.
 */
export interface Requests<A> {
  request<T>(accountId: string, act: (account: A) => Promise<T>): Promise<T>;
}
