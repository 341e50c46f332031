import type { FormatError } from '../../errors.ts';
import type { ByteCursor } from './byte-cursor.ts';
import {
  DAMAGED,
  type GlobalRule,
  type PickleContext,
  type PickleSession,
  SAVE_PLAIN,
} from './pickle-context.ts';
import { findGlobal, globalRuleOf } from './pickle-globals.ts';
import { setItems } from './pickle-keys.ts';
import { asciiLine, memoLine, readLiteral } from './pickle-literals.ts';
import { OP } from './pickle-opcodes.ts';
import { PickleStack } from './pickle-stack.ts';
import type { PyValue } from './py-value.ts';

const HIGHEST_PROTOCOL = 5;
/** Bytes that may be made beyond those of the file, by decoding texts into bytes. */
const SPARE_BYTES = 2 ** 20;

/**
 * Runs the opcodes of one pickle, from the cursor to its STOP. There is no recursion, nothing is imported, and every
 * name is looked up in the allow-list before anything is done with it.
 */
export function runPickle(cursor: ByteCursor, session: PickleSession): PyValue {
  return new PickleMachine(cursor, session).run();
}

class PickleMachine implements PickleContext {
  readonly cursor: ByteCursor;
  readonly session: PickleSession;
  readonly #stack: PickleStack;
  readonly #builders = new Map<object, (state: PyValue) => void>();
  /** Where the opcode that is being read begins. */
  #opcodeAt = 0;

  constructor(cursor: ByteCursor, session: PickleSession) {
    this.cursor = cursor;
    this.session = session;
    this.#stack = new PickleStack(session, this.fail);
  }

  fail = (problem: string, advice: string = DAMAGED): FormatError =>
    this.cursor.failAt(this.#opcodeAt, problem, advice);

  spend(bytes: number): void {
    this.session.used.madeBytes += bytes;
    if (this.session.used.madeBytes > this.session.fileBytes + SPARE_BYTES) {
      throw this.fail('the same text is decoded again and again', 'the file may be malicious');
    }
  }

  onBuild(object: object, build: (state: PyValue) => void): void {
    this.#builders.set(object, build);
  }

  readNested(): PyValue {
    // A plain pickle: joblib's own arrays are in the outer one alone, which also bounds how deep this goes.
    return runPickle(this.cursor, { ...this.session, hasInlineArrays: false });
  }

  run(): PyValue {
    for (;;) {
      this.#opcodeAt = this.cursor.at;
      const op = this.cursor.uint8();
      if (op === OP.STOP) return this.#stack.pop();
      const literal = readLiteral(op, this);
      if (literal !== undefined) this.#stack.push(literal);
      else this.#step(op);
    }
  }

  #step(op: number): void {
    const { cursor } = this;
    switch (op) {
      case OP.PROTO: {
        const protocol = cursor.uint8();
        if (protocol > HIGHEST_PROTOCOL)
          throw this.fail(`pickle protocol ${protocol}, known are 0 to 5`, SAVE_PLAIN);
        return;
      }
      case OP.FRAME:
        cursor.uint64();
        return;
      case OP.READONLY_BUFFER:
        return;
      case OP.MARK:
        this.#stack.mark();
        return;
      case OP.POP:
        this.#stack.drop();
        return;
      case OP.POP_MARK:
        this.#stack.popMark();
        return;
      case OP.DUP:
        this.#stack.push(this.#stack.top());
        return;
      case OP.EMPTY_TUPLE:
      case OP.EMPTY_LIST:
      case OP.EMPTY_SET:
        this.#stack.pushContainer([]);
        return;
      case OP.TUPLE:
      case OP.LIST:
      case OP.FROZENSET:
        this.#stack.pushContainer(this.#stack.popMark());
        return;
      case OP.TUPLE1:
      case OP.TUPLE2:
      case OP.TUPLE3:
        this.#stack.pushContainer(this.#stack.popMany(op - OP.TUPLE1 + 1));
        return;
      case OP.EMPTY_DICT:
        this.#stack.pushContainer(new Map());
        return;
      case OP.DICT:
        this.#stack.pushContainer(setItems(new Map(), this.#stack.popMark(), this.fail));
        return;
      case OP.APPEND:
        this.#append([this.#stack.pop()]);
        return;
      case OP.APPENDS:
      case OP.ADDITEMS:
        this.#append(this.#stack.popMark());
        return;
      case OP.SETITEM:
        this.#setItemsOfTop(this.#stack.popMany(2));
        return;
      case OP.SETITEMS:
        this.#setItemsOfTop(this.#stack.popMark());
        return;
      case OP.PUT:
        this.#stack.remember(memoLine(this));
        return;
      case OP.BINPUT:
        this.#stack.remember(cursor.uint8());
        return;
      case OP.LONG_BINPUT:
        this.#stack.remember(cursor.uint32());
        return;
      case OP.MEMOIZE:
        this.#stack.rememberNext();
        return;
      case OP.GET:
        this.#stack.recall(memoLine(this));
        return;
      case OP.BINGET:
        this.#stack.recall(cursor.uint8());
        return;
      case OP.LONG_BINGET:
        this.#stack.recall(cursor.uint32());
        return;
      case OP.PERSID:
        this.#pushPersistent(asciiLine(this));
        return;
      case OP.BINPERSID:
        this.#pushPersistent(this.#stack.pop());
        return;
      default:
        this.#stepObject(op);
        return;
    }
  }

  /** The opcodes that Python itself would run code for. */
  #stepObject(op: number): void {
    switch (op) {
      case OP.GLOBAL:
        this.#stack.push(findGlobal(asciiLine(this), asciiLine(this), this));
        return;
      case OP.STACK_GLOBAL: {
        const [module, name] = this.#stack.popMany(2);
        if (typeof module !== 'string' || typeof name !== 'string') throw this.fail('a class without a name');
        this.#stack.push(findGlobal(module, name, this));
        return;
      }
      case OP.INST: {
        const called = findGlobal(asciiLine(this), asciiLine(this), this);
        this.#call(called, this.#stack.popMark());
        return;
      }
      case OP.OBJ: {
        const [called, ...args] = this.#stack.popMark();
        this.#call(called, args);
        return;
      }
      case OP.REDUCE:
      case OP.NEWOBJ: {
        const [called, args] = this.#stack.popMany(2);
        this.#call(called, args);
        return;
      }
      case OP.NEWOBJ_EX: {
        const [called, args, named] = this.#stack.popMany(3);
        if (!(named instanceof Map) || named.size > 0)
          throw this.fail('an object with named arguments', SAVE_PLAIN);
        this.#call(called, args);
        return;
      }
      case OP.BUILD: {
        const state = this.#stack.pop();
        const build = this.#builders.get(Object(this.#stack.top()));
        if (build !== undefined) build(state);
        // A dict's or class's own attributes (`_metadata` of PyTorch) describe no data.
        else if (!(this.#stack.top() instanceof Map)) throw this.fail('a state for what has none');
        return;
      }
      case OP.NEXT_BUFFER:
        throw this.fail('it refers to a buffer outside of the file', 'pickle it without buffer_callback');
      case OP.EXT1:
      case OP.EXT2:
      case OP.EXT4:
        throw this.fail("it asks for a class by a number of the writer's own registry", SAVE_PLAIN);
      default:
        throw this.fail(`byte 0x${op.toString(16).padStart(2, '0')} is no pickle opcode`);
    }
  }

  #call(called: PyValue | undefined, args: PyValue | undefined): void {
    const rule: GlobalRule | undefined = globalRuleOf(called);
    if (rule?.call === undefined) throw this.fail('it calls what is no known class', SAVE_PLAIN);
    if (!Array.isArray(args)) throw this.fail('a call without arguments');
    this.#stack.pushContainer(rule.call(args, this));
  }

  #pushPersistent(id: PyValue): void {
    const resolve = this.session.resolvePersistent;
    if (resolve === null) throw this.fail('it refers to something outside of the file', SAVE_PLAIN);
    this.#stack.push(resolve(id, this.fail));
  }

  #append(items: readonly PyValue[]): void {
    const list = this.#stack.top();
    if (!Array.isArray(list)) throw this.fail('items for what is no list');
    for (const item of items) list.push(item);
  }

  #setItemsOfTop(pairs: readonly PyValue[]): void {
    const dict = this.#stack.top();
    if (!(dict instanceof Map)) throw this.fail('keys for what is no dict');
    setItems(dict, pairs, this.fail);
  }
}
