import { FIXED_DECIMALS, MAX_FIXED6_BYTES, writeFixed6 } from '../decimal-write.ts';

/** ASCII text that grows. */
export class TextWriter {
  private bytes = new Uint8Array(4096);
  private used = 0;

  /** Characters beyond ASCII become `_`: what reads these tables knows no others. */
  text(text: string): this {
    this.reserve(text.length);
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      this.bytes[this.used++] = code > 126 ? 95 : code;
    }
    return this;
  }

  /** Six decimals, never an exponent; nothing for NaN. */
  number(value: number): this {
    if (Number.isNaN(value)) return this;
    this.reserve(MAX_FIXED6_BYTES);
    this.used = writeFixed6(this.bytes, this.used, value);
    return this;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.used);
  }

  private reserve(count: number): void {
    if (this.used + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.used + count, this.bytes.length * 2));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** A number in a header: fixed, without trailing zeros. */
export function shortFixed(value: number): string {
  return value.toFixed(FIXED_DECIMALS).replace(/\.?0+$/, '');
}

/** A joint's name in a table: no separators, no quotes. */
export function cellName(name: string): string {
  return name.replace(/[\s,;"]+/g, '_');
}
