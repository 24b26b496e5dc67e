/** What the embedded server needs of the environment: SQLite's temporary files, and Windows' random numbers. */
export const embeddedKeeps: readonly string[] = ['TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

/**
 * The environment for a child of ours: these variables, where they are set, and nothing else, since the rest may hold
 * secrets. Never empty: Electron takes an empty one for none and hands on all of ours.
 */
export function bareEnvironment(
  keeps: readonly string[],
  env: Readonly<NodeJS.ProcessEnv> = process.env,
): Record<string, string> {
  const variables = keeps.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { LANG: 'C.UTF-8', ...Object.fromEntries(variables) };
}
