"""The evaluation pipeline: windows over a clip of any length, SWAA, scores."""

import numpy as np
import pytest
import torch

from config import Config, ModelConfig
from evaluate import SETTINGS, average_windows, corrupt, refine, score, window_frames
from model import SynSpPlusPlus
from synthetic import walking_clip


@pytest.mark.parametrize("frames", [1, 3, 8, 9, 30, 31, 60])
@pytest.mark.parametrize("spacing", [1, 2, 4])
def test_every_frame_is_read_and_the_average_is_that_of_a_plain_loop(frames, spacing, rng):
    at, inside = window_frames(frames, 8, spacing)
    windows = torch.from_numpy(rng.standard_normal((len(at), 8, 2)))
    sums, counts = np.zeros((frames, 2)), np.zeros(frames)
    for window in range(len(at)):
        for slot in range(8):
            frame = window + slot * spacing  # stride 1: window n starts at frame n
            if frame < frames:
                sums[frame] += windows[window, slot].numpy()
                counts[frame] += 1
    assert (counts > 0).all()
    np.testing.assert_allclose(average_windows(windows, at, inside, frames).numpy(), sums / counts[:, None], atol=1e-12)


def test_averaging_a_clips_own_windows_gives_the_clip_back():
    clip = torch.from_numpy(walking_clip(50, 60.0))
    at, inside = window_frames(50, 8, 2)
    assert torch.allclose(average_windows(clip[at], at, inside, 50), clip, atol=1e-6)


@pytest.mark.parametrize("frames", [5, 8, 40])
def test_an_untrained_network_returns_the_low_passed_clip(frames):
    config = Config(model=ModelConfig(encoder_layers=1, shared_layers=1, local_layers=1, global_layers=1))
    model = SynSpPlusPlus(config.model).eval()
    clip = walking_clip(frames, 30.0)
    np.testing.assert_allclose(refine(model, None, clip, 30.0, config), clip, atol=1e-5)  # spacing 1: no low-pass


def test_scores_are_root_relative_and_in_millimetres():
    truth = walking_clip(10, 30.0)
    moved = truth + np.float32([0.5, 0, 0])  # the whole body: no root-relative error
    assert score(moved, truth).mpjpe_mm == pytest.approx(0, abs=1e-3)
    # One joint of 17 is off by 34 mm in frame 4 of 10: MPJPE 34 / 170. The second difference sees it in three of the
    # 8 places, with factors 1, -2, 1: 4 * 34 mm over 8 * 17.
    off = truth.astype(np.float64)
    off[4, 13, 1] += 0.034
    scores = score(off, truth)
    assert scores.mpjpe_mm == pytest.approx(34 / 170)
    assert scores.accel_mm_per_frame2 == pytest.approx(4 * 34 / (8 * 17))


def test_the_settings_follow_their_seed_and_clean_means_clean():
    config, clip = Config(), walking_clip(60, 30.0)
    assert corrupt(clip, 30.0, None, [0, 0], config) is clip
    for fps, noise in SETTINGS.values():
        first, again, other = (corrupt(clip, fps, noise, [0, n], config) for n in (1, 1, 2))
        assert np.array_equal(first, again)
        assert noise is None or not np.array_equal(first, other)
