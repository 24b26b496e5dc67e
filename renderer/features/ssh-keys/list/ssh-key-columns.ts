/**
 * Where each cell of the list stands, for its header and its rows alike: five columns where there is room, else the key
 * with its type below.
 */
export const columns = {
  row: 'grid grid-cols-[minmax(0,1fr)_auto] grid-rows-[1fr_1fr] items-center gap-x-4 ps-4 pe-2 @2xl:grid-cols-[minmax(0,1fr)_9.5rem_8rem_8rem_auto] @2xl:grid-rows-1',
  key: 'col-start-1 row-start-1 min-w-0 @max-2xl:self-end',
  type: 'col-start-1 row-start-2 min-w-0 @max-2xl:self-start @2xl:col-start-2 @2xl:row-start-1',
  added: '@max-2xl:sr-only @2xl:col-start-3',
  used: '@max-2xl:sr-only @2xl:col-start-4',
  details: 'col-start-2 row-span-2 row-start-1 @2xl:col-start-5 @2xl:row-span-1',
};
