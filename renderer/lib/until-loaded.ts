/**
 * What Chromium says when the file itself could not be had; a part that fails by itself says something else, and would
 * fail again.
 */
const notHad = /dynamically imported module/;
const maxWaitMs = 5_000;

/**
 * A part of the program that is loaded when it is needed. The process that serves it may be busy or gone for a while,
 * and a page that comes back goes on where it was: so the part is asked for until it is here.
 *
 * @param load the `import()` of the part.
 * @throws what the part itself throws while it starts.
 */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch (error) {
      if (!(error instanceof TypeError && notHad.test(error.message))) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(tries * 500, maxWaitMs)));
    }
  }
}
