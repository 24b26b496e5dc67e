/**
 * Where each cell of the list stands, for its header and its rows alike: four columns where there is room; else by whom
 * below when.
 */
export const columns = {
  row: 'grid grid-cols-[minmax(0,1fr)_auto_auto] grid-rows-[1fr_1fr] items-center gap-x-3 px-4 @2xl:grid-cols-[minmax(0,1fr)_9rem_6rem_auto] @2xl:grid-rows-1',
  what: 'row-span-2 min-w-0 @2xl:row-span-1',
  by: 'col-start-2 row-start-2 @max-2xl:self-start @max-2xl:text-end @2xl:row-start-1',
  when: 'col-start-2 row-start-1 text-end @max-2xl:self-end @2xl:col-start-3',
  details: 'col-start-3 row-span-2 row-start-1 @2xl:col-start-4 @2xl:row-span-1',
};
