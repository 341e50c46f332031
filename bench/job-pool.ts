import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { join } from 'node:path';
import type { Answers, Job } from './accuracy-worker.ts';

/** Does jobs in several processes, each as soon as one is free. To be closed. */
export class JobPool {
  readonly #idle: ChildProcess[] = [];
  readonly #waiting: ((child: ChildProcess) => void)[] = [];

  constructor(processes: number) {
    for (let n = 0; n < processes; n++) {
      this.#idle.push(fork(join(import.meta.dirname, 'accuracy-worker.ts'), { serialization: 'advanced' }));
    }
  }

  async run<Kind extends Job['kind']>(job: Job & { readonly kind: Kind }): Promise<Answers[Kind]> {
    const child =
      this.#idle.pop() ?? (await new Promise<ChildProcess>((resolve) => this.#waiting.push(resolve)));
    const answer = await new Promise<Answers[Kind]>((resolve, reject) => {
      const fail = (code: unknown): void =>
        reject(new Error(`the process for ${JSON.stringify(job)} ended with ${code}`));
      child.once('exit', fail);
      child.once('message', (message) => {
        child.off('exit', fail);
        resolve(message as Answers[Kind]);
      });
      child.send(job as Serializable);
    });
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(child);
    else next(child);
    return answer;
  }

  /** Once nothing runs any more. */
  close(): void {
    for (const child of this.#idle) child.disconnect();
  }
}
