/**
 * The command line of electron-builder for `npm run package -- ...args`. Nothing is published, whatever else it says.
 */
export function builderArguments(args: readonly string[]): string[] {
  if (args.some((arg) => /^(?:-p|--publish)\b/.test(arg)))
    throw new Error('npm run package publishes nothing: leave out --publish');
  // An unpacked app stays on the Mac that made it, where its ad-hoc signature is enough.
  const unsigned = args.includes('--dir') ? ['--config.mac.forceCodeSigning=false'] : [];
  return ['--publish', 'never', ...unsigned, ...args];
}
