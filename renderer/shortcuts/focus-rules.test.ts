import { expect, test } from 'vitest';
import { type FocusedElement, isKeyOfElement } from './focus-rules.ts';

function focus(change: Partial<FocusedElement>): FocusedElement {
  return {
    tag: 'div',
    type: '',
    role: '',
    isEditable: false,
    isInDialog: false,
    isInViewport: false,
    cameByPointer: false,
    ...change,
  };
}

test('what is typed into keeps every key', () => {
  for (const change of [
    { tag: 'input', type: 'text' },
    { tag: 'input', type: 'number' },
    { tag: 'textarea' },
    { tag: 'select' },
    { isEditable: true },
    { isInDialog: true },
    { tag: 'input', type: 'text', role: 'combobox' },
  ]) {
    for (const key of ['b', 'ArrowLeft', ' ', 'Enter', 'Tab']) {
      expect(isKeyOfElement(focus(change), key, false)).toBe(true);
    }
    expect(isKeyOfElement(focus(change), 'z', true)).toBe(true);
  }
});

test('a slider and a tree keep the arrows and leave the letters', () => {
  for (const role of ['slider', 'tree', 'treeitem', 'tab', 'separator']) {
    expect(isKeyOfElement(focus({ role }), 'ArrowRight', false)).toBe(true);
    expect(isKeyOfElement(focus({ role }), 'Home', false)).toBe(true);
    expect(isKeyOfElement(focus({ role }), 'j', false)).toBe(false);
  }
});

test('a button reached by Tab keeps Space and Enter; one that was clicked leaves Space to play', () => {
  const button = focus({ tag: 'button' });
  expect(isKeyOfElement(button, ' ', false)).toBe(true);
  expect(isKeyOfElement(button, 'Enter', false)).toBe(true);
  expect(isKeyOfElement({ ...button, cameByPointer: true }, ' ', false)).toBe(false);
  expect(isKeyOfElement(button, 'Enter', true)).toBe(false);
  expect(isKeyOfElement(button, 'ArrowRight', false)).toBe(false);
});

test('a switch that was clicked leaves letters and Space to the commands', () => {
  const box = focus({ tag: 'input', type: 'checkbox', role: 'switch', cameByPointer: true });
  expect(isKeyOfElement(box, 'j', false)).toBe(false);
  expect(isKeyOfElement(box, ' ', false)).toBe(false);
});

test('Tab moves the focus for whoever came by keyboard, wherever the focus is', () => {
  expect(isKeyOfElement(focus({ tag: 'body' }), 'Tab', false)).toBe(true);
  expect(isKeyOfElement(focus({ isInViewport: true }), 'Tab', false)).toBe(true);
  expect(isKeyOfElement(focus({ tag: 'button', cameByPointer: true }), 'Tab', false)).toBe(true);
});

test('Tab is a command after a click into the viewport or beside everything', () => {
  expect(
    isKeyOfElement(focus({ tag: 'canvas', isInViewport: true, cameByPointer: true }), 'Tab', false),
  ).toBe(false);
  expect(isKeyOfElement(focus({ tag: 'body', cameByPointer: true }), 'Tab', false)).toBe(false);
});
