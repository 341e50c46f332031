/** The part of Khronos' validator that tests use; the package has no types of its own. */
declare module 'gltf-validator' {
  export interface ValidationReport {
    readonly issues: {
      readonly numErrors: number;
      readonly numWarnings: number;
      readonly messages: readonly {
        readonly code: string;
        readonly message: string;
        readonly severity: number;
      }[];
    };
    readonly info: Readonly<Record<string, unknown>>;
  }
  export function validateBytes(bytes: Uint8Array): Promise<ValidationReport>;
}
