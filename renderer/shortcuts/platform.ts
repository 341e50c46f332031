/** Whether Cmd takes the place of Ctrl here, as tinykeys decides it for `$mod`. */
export const IS_MAC = typeof navigator === 'object' && /Mac|iPod|iPhone|iPad/.test(navigator.platform);
