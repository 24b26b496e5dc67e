import { create } from 'qrcode';

/** Modules of white that a reader needs on every side (ISO/IEC 18004). */
const quietZone = 4;

export interface QrPath {
  /** Modules along one side, the quiet zone included. */
  readonly size: number;
  /** The dark modules as an SVG path, one unit a module. */
  readonly path: string;
}

/** A QR code of level M, which survives 15 % of damage. */
export function drawQrCode(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const rows = Array.from({ length: modules.size }, (_row, y) => drawRow(modules, y));
  return { size: modules.size + 2 * quietZone, path: rows.join('') };
}

/** Neighbours become one rectangle: hairlines between modules would disturb a reader. */
function drawRow(modules: { readonly size: number; get(row: number, column: number): number }, y: number): string {
  let path = '';
  for (let x = 0; x < modules.size; x += 1) {
    const start = x;
    while (x < modules.size && modules.get(y, x)) x += 1;
    if (x > start)
      path += `M${String(start + quietZone)} ${String(y + quietZone)}h${String(x - start)}v1h-${String(x - start)}z`;
  }
  return path;
}
