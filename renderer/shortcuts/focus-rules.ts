/** What the rules need to know of the element that has the focus. */
export interface FocusedElement {
  /** In lower case; 'body' if nothing has the focus. */
  readonly tag: string;
  /** Of an input, otherwise ''. */
  readonly type: string;
  /** Its role attribute, or ''. */
  readonly role: string;
  readonly isEditable: boolean;
  /** Whether it stands in a dialog or a menu. */
  readonly isInDialog: boolean;
  /** Whether it is the viewport or a part of it. */
  readonly isInViewport: boolean;
  /** Whether the focus came here by a click; otherwise by the Tab key, or it has not moved yet. */
  readonly cameByPointer: boolean;
}

const TYPED_INTO = new Set([
  'text',
  'search',
  'number',
  'email',
  'url',
  'password',
  'tel',
  'date',
  'time',
  '',
]);
const TYPED_ROLES = new Set(['textbox', 'searchbox', 'combobox', 'listbox', 'option', 'menu', 'menuitem']);
const ARROW_ROLES = new Set([
  'slider',
  'spinbutton',
  'tree',
  'treeitem',
  'tab',
  'radio',
  'radiogroup',
  'grid',
  'row',
  'separator',
]);
const ARROW_KEYS = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/**
 * Whether a press belongs to the focused element and not to the commands:
 * - in dialogs, menus and whatever is typed into, every key;
 * - on sliders, trees, tabs, lists of choices and dividers, the keys that move along them;
 * - on what can be switched or pressed and was reached by Tab, Space and Enter without Ctrl;
 * - Tab, unless the focus came to the viewport or the empty window by a click. Whoever uses the keyboard alone moves
 *   the focus with Tab everywhere, and Shift+Tab does so always.
 *
 * @param key as in KeyboardEvent.key
 */
export function isKeyOfElement(focused: FocusedElement, key: string, hasCommandModifier: boolean): boolean {
  const { tag, type, role } = focused;
  if (focused.isInDialog || focused.isEditable || TYPED_ROLES.has(role)) return true;
  if (tag === 'select' || tag === 'textarea') return true;
  if (tag === 'input' && TYPED_INTO.has(type)) return true;

  if (key === 'Tab') return !(focused.cameByPointer && (tag === 'body' || focused.isInViewport));
  if (ARROW_KEYS.has(key)) {
    return ARROW_ROLES.has(role) || (tag === 'input' && (type === 'range' || type === 'radio'));
  }
  if ((key === ' ' || key === 'Enter') && !hasCommandModifier) {
    return !focused.cameByPointer && isPressable(focused);
  }
  return false;
}

function isPressable({ tag, role, isInViewport }: FocusedElement): boolean {
  if (tag === 'button' || tag === 'a' || tag === 'input' || tag === 'summary') return true;
  return role !== '' && role !== 'application' && role !== 'img' && !isInViewport;
}
