/** Pixels of the square that is kept. */
const size = 256;
/** Characters of the data URL. */
const maxLength = 200_000;
/** Bytes. Larger files are refused before they are decoded. */
const largestFile = 50_000_000;
/** Tried in turn until the picture is small enough. */
const qualities = [0.92, 0.8, 0.6, 0.4];

export type MadeAvatar =
  | { readonly ok: true; readonly image: string }
  | { readonly ok: false; readonly reason: 'unreadable' | 'too-large' };

/**
 * Decodes an image, cuts the middle square and scales it; gives a data URL (WebP, or PNG where a browser writes no
 * WebP).
 */
export async function makeAvatar(file: Blob): Promise<MadeAvatar> {
  if (file.size > largestFile) return { ok: false, reason: 'too-large' };
  try {
    const bitmap = await createImageBitmap(file);
    const image = encode(cutSquare(bitmap));
    bitmap.close();
    return image ? { ok: true, image } : { ok: false, reason: 'too-large' };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}

/** The largest square around the middle of `width` × `height`, in pixels of the source. */
export function middleSquare(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, side };
}

function cutSquare(bitmap: ImageBitmap): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  const { x, y, side } = middleSquare(bitmap.width, bitmap.height);
  context.drawImage(bitmap, x, y, side, side, 0, 0, size, size);
  return canvas;
}

function encode(canvas: HTMLCanvasElement): string | undefined {
  return qualities.map((quality) => canvas.toDataURL('image/webp', quality)).find((url) => url.length <= maxLength);
}
