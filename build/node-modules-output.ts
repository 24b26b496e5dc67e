/**
 * How what Node runs is written: modules, and small in memory. V8 keeps the text of what runs as long as it runs, and
 * twice as large as soon as one of its characters needs two bytes.
 */
export const nodeModulesOutput = {
  format: 'es',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  charset: 'ascii',
  comments: { jsdoc: false },
} as const;
