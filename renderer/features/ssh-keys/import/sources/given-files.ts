/** A file that the page has, and what it is called: its path below the folder that was given, or its name. */
export interface GivenFile {
  readonly file: File;
  readonly name: string;
}

/** What was dropped or chosen, and how many files were left out because they are too many. */
export interface GivenFiles {
  readonly files: readonly GivenFile[];
  readonly left: number;
}

/** As many as the services read at once. */
export const maxFiles = 10_000;

/** What the page's own picker gave. */
export function givenBy(list: readonly File[]): GivenFiles {
  const files = list.slice(0, maxFiles).map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  return { files, left: list.length - files.length };
}
