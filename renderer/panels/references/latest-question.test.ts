import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LatestQuestion } from './latest-question.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function scene() {
  const asked: { frame: number; answer: (text: string) => void; fail: (error: Error) => void }[] = [];
  const told: string[] = [];
  const failures: unknown[] = [];
  const questions = new LatestQuestion<number, string>(
    (frame) =>
      new Promise((resolve, reject) => {
        asked.push({ frame, answer: resolve, fail: reject });
      }),
    (answer) => told.push(answer),
    (error) => failures.push(error),
  );
  const frames = () => asked.map(({ frame }) => frame);
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { asked, told, failures, questions, frames, settle };
}

test('while one question is under way, only the newest of the others waits', async () => {
  const { asked, told, questions, frames, settle } = scene();
  for (const frame of [1, 2, 3, 4]) questions.ask(frame);
  expect(frames()).toEqual([1]);
  asked[0].answer('one');
  await settle();
  expect(told).toEqual(['one']);
  expect(frames()).toEqual([1, 4]);
});

test('a pause is kept between questions, and the newest is put after it', async () => {
  const { asked, questions, frames, settle } = scene();
  questions.ask(1, 300);
  asked[0].answer('one');
  await settle();
  questions.ask(2, 300);
  await vi.advanceTimersByTimeAsync(200);
  questions.ask(3, 300);
  expect(frames()).toEqual([1]);
  await vi.advanceTimersByTimeAsync(100);
  expect(frames()).toEqual([1, 3]);
});

test('a question without a pause does not wait for one that has it', async () => {
  const { asked, questions, frames, settle } = scene();
  questions.ask(1);
  asked[0].answer('one');
  await settle();
  questions.ask(2, 300);
  expect(frames()).toEqual([1]);
  questions.ask(3);
  expect(frames()).toEqual([1, 3]);
});

test('a failure is told, and the next question is put all the same', async () => {
  const { asked, failures, questions, frames, settle } = scene();
  questions.ask(1);
  questions.ask(2);
  const error = new Error('gone');
  asked[0].fail(error);
  await settle();
  expect(failures).toEqual([error]);
  expect(frames()).toEqual([1, 2]);
});

test('after a stop nothing is told and nothing is asked', async () => {
  const { asked, told, questions, frames, settle } = scene();
  questions.ask(1);
  questions.ask(2);
  questions.stop();
  asked[0].answer('one');
  questions.ask(3);
  await settle();
  expect(told).toEqual([]);
  expect(frames()).toEqual([1]);
});
