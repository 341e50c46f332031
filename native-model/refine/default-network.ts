import { modelNames } from '../inference/model-card.ts';

/** The network whose windows count where no network is named: PoseMend's own once it is installed. */
export function defaultNetwork(): string {
  return modelNames().includes('posemend') ? 'posemend' : 'synsp++';
}
