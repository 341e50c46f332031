import type { PickleFail, PickleSession } from './pickle-context.ts';
import type { PyValue } from './py-value.ts';

/** The stack of a pickle with its marks and memo; every value that goes in is counted against the limits. */
export class PickleStack {
  readonly #values: PyValue[] = [];
  /** Heights of the stack at which MARK stood. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PyValue>();
  readonly #session: PickleSession;
  readonly #fail: PickleFail;

  constructor(session: PickleSession, fail: PickleFail) {
    this.#session = session;
    this.#fail = fail;
  }

  mark(): void {
    this.#count();
    this.#marks.push(this.#values.length);
  }

  push(value: PyValue): void {
    this.#count();
    this.#values.push(value);
  }

  /** Pushes what takes much more memory than its opcode. */
  pushContainer(value: PyValue): void {
    const { used, limits } = this.#session;
    used.containers++;
    if (used.containers > limits.maxContainers)
      throw this.#tooMuch('lists, dicts and objects', limits.maxContainers);
    this.push(value);
  }

  top(): PyValue {
    this.#require(1);
    return this.#values.at(-1) as PyValue;
  }

  pop(): PyValue {
    this.#require(1);
    return this.#values.pop() as PyValue;
  }

  /** Drops the top, which may be a mark. */
  drop(): void {
    if (this.#marks.at(-1) === this.#values.length) this.#marks.pop();
    else this.pop();
  }

  popMany(count: number): PyValue[] {
    this.#require(count);
    return this.#values.splice(this.#values.length - count);
  }

  /** Everything above the last mark. */
  popMark(): PyValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.#fail('no mark on the stack');
    return this.#values.splice(mark);
  }

  remember(index: number): void {
    this.#memo.set(index, this.top());
    const { maxMemo } = this.#session.limits;
    if (this.#memo.size > maxMemo) throw this.#tooMuch('memo entries', maxMemo);
  }

  rememberNext(): void {
    this.remember(this.#memo.size);
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.#fail(`memo ${index} is empty`);
    this.push(value);
  }

  /** Values below the last mark are out of reach. */
  #require(count: number): void {
    if (this.#values.length - count < (this.#marks.at(-1) ?? 0)) throw this.#fail('the stack is empty');
  }

  #count(): void {
    const { used, limits } = this.#session;
    used.values++;
    if (used.values > limits.maxValues) throw this.#tooMuch('values', limits.maxValues);
  }

  #tooMuch(what: string, limit: number) {
    return this.#fail(`more than ${limit} ${what}`, 'save numbers as arrays, not as lists');
  }
}
