import type { PositionSource } from '../formats/clip-source.ts';
import { figureScale2d } from '../formats/drawn-positions-2d.ts';
import { type ChannelNetwork, smoothChannels } from './refine-channels.ts';
import type { FilterAll } from './run-filter.ts';

/**
 * SmoothNet on 2D keypoints (Zeng et al. 2022 use the same weights for 2D and 3D, as every coordinate goes through the network
 * by itself). Pixels become metres by the figure's height, so that motions are as large as in training, and pixels
 * again.
 */
export function createNetworkFilter2d(
  { positions, layout }: Pick<PositionSource, 'positions' | 'layout'>,
  frameTime: number,
  network: ChannelNetwork,
): FilterAll {
  const metresPerPixel = figureScale2d(positions, layout);
  // Takes of later jobs use it again: it hears their cancels, not those of the job it was made in.
  return async (values, channels, giveWay) => {
    const metres = values.map((value) => value * metresPerPixel);
    const smooth = await smoothChannels(metres, channels, frameTime, network, giveWay);
    return smooth.map((value) => value / metresPerPixel);
  };
}
