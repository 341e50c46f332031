import { FormatError } from '../../errors.ts';

const LINE_FEED = 10;

/** Reads a file's bytes one after another; no read goes beyond the end. */
export class ByteCursor {
  /** The next byte to read. */
  at = 0;
  readonly bytes: Uint8Array;
  readonly source: string;
  /** Goes before the byte offset in errors: the key of an archive. */
  readonly place: string;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, source: string, place = '') {
    this.bytes = bytes;
    this.source = source;
    this.place = place;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  /** An error at a byte of the file. */
  failAt(at: number, problem: string, advice: string): FormatError {
    return new FormatError(
      this.source,
      `${this.place === '' ? '' : `${this.place}, `}byte ${at}`,
      problem,
      advice,
    );
  }

  /** The next bytes, a view of the file's. */
  take(count: number): Uint8Array {
    const start = this.#advance(count);
    return this.bytes.subarray(start, start + count);
  }

  skip(count: number): void {
    this.#advance(count);
  }

  uint8(): number {
    return this.bytes[this.#advance(1)];
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** Rounds above 2^53, which no length reaches. */
  uint64(): number {
    const low = this.uint32();
    return this.uint32() * 2 ** 32 + low;
  }

  float64BigEndian(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** Bytes up to the next line feed, which is read too. */
  line(): Uint8Array {
    const end = this.bytes.indexOf(LINE_FEED, this.at);
    if (end < 0) throw this.#cutOff(this.at, 'a line does not end');
    const line = this.bytes.subarray(this.at, end);
    this.at = end + 1;
    return line;
  }

  #advance(count: number): number {
    const start = this.at;
    if (!(count <= this.bytes.length - start)) {
      throw this.#cutOff(start, `${count} bytes are due, ${this.bytes.length - start} are left`);
    }
    this.at = start + count;
    return start;
  }

  #cutOff(at: number, problem: string): FormatError {
    return this.failAt(at, problem, 'the file was cut off or damaged: copy or save it again');
  }
}
