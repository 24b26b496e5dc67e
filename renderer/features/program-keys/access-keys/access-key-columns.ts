/**
 * Where each cell of the table stands, for its header and its rows alike: in one line where there is room, else the
 * name with its state below.
 */
export const columns = {
  row: 'grid grid-cols-[minmax(0,1fr)_auto] grid-rows-[1fr_1fr] items-center gap-x-3 gap-y-1 px-5 @2xl:grid-cols-[minmax(0,1fr)_6.5rem_8.5rem_7.5rem_2.5rem] @2xl:grid-rows-1',
  key: 'col-start-1 row-start-1 min-w-0 @max-2xl:self-end',
  status: 'col-start-1 row-start-2 @max-2xl:self-start @2xl:col-start-2 @2xl:row-start-1',
  created: '@max-2xl:sr-only @2xl:col-start-3',
  used: '@max-2xl:sr-only @2xl:col-start-4',
  actions: 'col-start-2 row-span-2 row-start-1 min-w-8 @2xl:col-start-5 @2xl:row-span-1',
};
