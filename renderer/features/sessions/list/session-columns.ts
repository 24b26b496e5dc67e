/**
 * Where each cell of the list stands, for its header and its rows alike: six columns where there is room; else the
 * name with the last activity below it, and the rest for screen readers and in the details.
 */
export const columns = {
  row: 'grid grid-cols-[auto_minmax(0,1fr)_auto] grid-rows-[1fr_1fr] items-center gap-x-3 px-2 @2xl:grid-cols-[auto_minmax(0,1fr)_10.5rem_8rem_8rem_auto] @2xl:grid-rows-1',
  select: 'col-start-1 row-span-2 @2xl:row-span-1',
  session: 'col-start-2 row-start-1 min-w-0 @max-2xl:self-end',
  ip: 'min-w-0 @max-2xl:sr-only @2xl:col-start-3',
  created: '@max-2xl:sr-only @2xl:col-start-4',
  active: 'col-start-2 row-start-2 @max-2xl:self-start @2xl:col-start-5 @2xl:row-start-1',
  details: 'col-start-3 row-span-2 row-start-1 @2xl:col-start-6 @2xl:row-span-1',
};
