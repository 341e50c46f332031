/**
 * Asks one question at a time. While one is under way only the newest of the others is kept, so that questions
 * never pile up behind a slow answer; answers come in the order of their questions.
 */
export class LatestQuestion<Question, Answer> {
  readonly #call: (question: Question) => Promise<Answer>;
  readonly #onAnswer: (answer: Answer) => void;
  readonly #onFailure: (error: unknown) => void;
  #next: { readonly question: Question; readonly pauseMs: number } | null = null;
  #isAsking = false;
  #isStopped = false;
  #lastStart = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    call: (question: Question) => Promise<Answer>,
    onAnswer: (answer: Answer) => void,
    onFailure: (error: unknown) => void,
  ) {
    this.#call = call;
    this.#onAnswer = onAnswer;
    this.#onFailure = onFailure;
  }

  /** @param pauseMs least time since the question before was put, milliseconds */
  ask(question: Question, pauseMs = 0): void {
    if (this.#isStopped) return;
    this.#next = { question, pauseMs };
    this.#goOn();
  }

  /** Forgets what is under way; its answer is not told. */
  stop(): void {
    this.#isStopped = true;
    this.#next = null;
    clearTimeout(this.#timer);
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    if (this.#isAsking || this.#isStopped || this.#next === null) return;
    const wait = this.#lastStart + this.#next.pauseMs - Date.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#goOn(), wait);
      return;
    }
    const { question } = this.#next;
    this.#next = null;
    this.#isAsking = true;
    this.#lastStart = Date.now();
    void this.#put(question);
  }

  async #put(question: Question): Promise<void> {
    try {
      const answer = await this.#call(question);
      if (!this.#isStopped) this.#onAnswer(answer);
    } catch (error) {
      if (!this.#isStopped) this.#onFailure(error);
    } finally {
      this.#isAsking = false;
      this.#goOn();
    }
  }
}
