"""Statistics of the corruptions against noise.md, on made-up motion; amplitudes in mm."""

from functools import lru_cache

import numpy as np
import pytest

from config import NoiseConfig
from noise import (
    ARMS, LEGS, PARENTS, burst_envelope, difficulty, estimator_noise, poisson_bursts, rotation_noise, turn, wander,
    white_noise,
)  # fmt: skip
from synthetic import walking_clip

C = NoiseConfig()
FPS = 30.0
LONG = walking_clip(20_000, FPS)  # 11 minutes: about 450 independent stretches of difficulty
JITTER, DRIFT, MISS, INVERSION, SPIKE = (tuple(row) for row in np.eye(5))
# Root mean square of the difficulty factor: exp(n) of variance s scaled to mean 1 has mean square exp(s).
DIFFICULTY_RMS = np.exp((0.55**2 + 0.4**2) / 2)


@lru_cache(maxsize=None)
def error_mm(component: tuple[float, ...], camera_yaw: float = 0.0) -> np.ndarray:
    """(frames, 17, 3): what one component alone adds."""
    noisy = estimator_noise(np.random.default_rng(1), LONG, FPS, C, np.array(component), camera_yaw)
    return 1000 * (noisy.astype(np.float64) - LONG)


def rms(error: np.ndarray) -> np.ndarray:
    return np.sqrt((error**2).mean(0))


def test_wander_has_unit_variance_from_its_first_frame_and_forgets_within_its_poles(rng):
    pole = 0.35
    sample = wander(rng, 40, (20_000,), pole, FPS)
    assert sample[0].var() == pytest.approx(1, rel=0.04)
    assert sample[-1].var() == pytest.approx(1, rel=0.04)
    # Two equal poles: the autocorrelation at lag t is (1 + t / pole) exp(-t / pole); at frame 21, t = 2 poles.
    lag = 21
    found = (sample[0] * sample[lag]).mean() / sample.var()
    t = lag / FPS / pole
    assert found == pytest.approx((1 + t) * np.exp(-t), abs=0.03)


def test_wander_drifts_without_shaking(rng):
    a = np.exp(-1 / (0.35 * FPS))
    once = 2 * a / (1 + a * a)  # autocorrelation of two equal poles at lag 1, and at lag 2
    twice = 2 * a * once - a * a
    sample = wander(rng, 3, (20_000,), 0.35, FPS)
    shake = (sample[2] - 2 * sample[1] + sample[0]).std()
    assert shake == pytest.approx(np.sqrt(6 - 8 * once + 2 * twice), rel=0.03)
    assert shake < 0.1 * np.sqrt(6 - 8 * a + 2 * a * a)  # less than a tenth of what one pole would shake


def test_difficulty_has_mean_1_and_its_logarithms_correlate_by_0_3(rng):
    jitter, drift = difficulty(rng, len(LONG), FPS, C)
    assert jitter.shape == drift.shape == (len(LONG), 17, 1)
    for factor in (jitter, drift):
        assert factor.mean() == pytest.approx(1, abs=0.08)
        assert np.log(factor).std() == pytest.approx(np.sqrt(0.55**2 + 0.4**2), rel=0.08)
    correlation = np.corrcoef(np.log(jitter[:, 13, 0]), np.log(drift[:, 13, 0]))[0, 1]
    assert correlation == pytest.approx(0.3, abs=0.1)


def test_the_joints_of_a_limb_share_their_difficulty_and_limbs_differ(rng):
    jitter, _ = difficulty(rng, 100, FPS, C)
    assert np.array_equal(jitter[:, 12], jitter[:, 13])  # left elbow and wrist
    assert np.array_equal(jitter[:, 0], jitter[:, 10])  # pelvis and head: torso
    assert not np.allclose(jitter[:, 13], jitter[:, 16])  # left and right wrist


@pytest.mark.parametrize("component, amplitude", [(JITTER, 4.5), (DRIFT, 38.0)])
def test_jitter_and_drift_have_their_amplitude_at_every_joint(component, amplitude):
    expected = amplitude * np.outer(C.joint_weights, [1, 1, 1.8]) * DIFFICULTY_RMS
    np.testing.assert_allclose(rms(error_mm(component)), expected, rtol=0.2)


def test_ends_of_limbs_err_more_than_their_roots_and_depth_more_than_the_picture():
    std = rms(error_mm(JITTER))
    for chain in ((0, 1, 2, 3), (0, 4, 5, 6), (7, 11, 12, 13), (7, 14, 15, 16)):
        assert (np.diff(std[list(chain)].mean(1)) > 0).all()
    np.testing.assert_allclose(std[:, 2] / std[:, 0], 1.8, rtol=0.05)


def test_jitter_is_white_and_drift_is_slow():
    def lag_1(error: np.ndarray) -> float:
        return float((error[1:] * error[:-1]).mean() / (error**2).mean())

    assert abs(lag_1(error_mm(JITTER))) < 0.02
    assert lag_1(error_mm(DRIFT)) > 0.98


def test_the_cameras_yaw_turns_the_depth_error():
    std = rms(error_mm(JITTER, camera_yaw=np.pi / 2))
    np.testing.assert_allclose(std[:, 0] / std[:, 2], 1.8, rtol=0.05)


def test_bursts_come_at_their_rate_and_last_as_long_as_they_should(rng):
    frames = 3_000_000  # 28 hours
    bursts = list(poisson_bursts(rng, frames, FPS, C.miss_rate, C.miss_seconds))
    assert len(bursts) == pytest.approx(frames / FPS / 16, rel=0.04)
    lengths = np.array([length for _, length in bursts]) / FPS
    assert lengths.min() == pytest.approx(0.1, abs=0.5 / FPS) and lengths.max() == pytest.approx(0.6, abs=0.5 / FPS)
    assert lengths.mean() == pytest.approx(0.35, rel=0.03)


def test_a_burst_fades_in_and_out_and_ends_with_the_clip():
    # 8 frames, ramps of 2: thirds.
    np.testing.assert_allclose(burst_envelope(12, 2, 8), [0, 0, 1 / 3, 2 / 3, 1, 1, 1, 1, 2 / 3, 1 / 3, 0, 0])
    np.testing.assert_allclose(burst_envelope(5, 3, 8), [0, 0, 0, 1 / 3, 2 / 3])


def test_a_miss_moves_the_ends_of_limbs_in_bursts_and_nothing_else():
    moved = np.abs(error_mm(MISS)).max(-1) > 0.5
    assert not moved[:, [0, 1, 4, 7, 8, 9, 10, 11, 14]].any()
    # A wrist or ankle belongs to two parts, an elbow or knee to one; about 2 % of the frames for each part.
    for end, middle in ((3, 2), (6, 5), (13, 12), (16, 15)):
        assert (moved[:, end] >= moved[:, middle]).all()
        assert 0.01 < moved[:, middle].mean() < 0.04 and 0.02 < moved[:, end].mean() < 0.07


def test_an_inversion_swaps_left_and_right_of_both_legs_or_both_arms():
    noisy = estimator_noise(np.random.default_rng(2), LONG, FPS, C, np.array(INVERSION))

    def swapped(pairs) -> np.ndarray:
        order = np.arange(17)
        for right, left in pairs:
            order[[right, left]] = order[[left, right]]
        return LONG[:, order]

    def same(candidate: np.ndarray) -> np.ndarray:
        return np.isclose(noisy, candidate, atol=1e-6).all((1, 2))

    untouched, legs, arms, both = same(LONG), same(swapped(LEGS)), same(swapped(ARMS)), same(swapped(LEGS + ARMS))
    assert (untouched | legs | arms | both).all()
    # 0.06 per second times 0.15 s; half of them legs.
    assert (~untouched).mean() == pytest.approx(0.009, rel=0.35)
    assert legs.sum() > 0.25 * (~untouched).sum() and arms.sum() > 0.25 * (~untouched).sum()


def test_spikes_hit_4_of_1000_joints_with_150_mm():
    error = error_mm(SPIKE)
    hit = np.abs(error).max(-1) > 0.01
    assert hit.mean() == pytest.approx(0.004, rel=0.1)
    assert error[hit].std() == pytest.approx(150, rel=0.05)


def test_no_component_means_no_noise():
    assert np.abs(error_mm((0.0,) * 5)).max() < 1e-3


def test_the_default_amplitudes_are_all_components_together():
    clip = walking_clip(900, FPS)
    a = estimator_noise(np.random.default_rng(4), clip, FPS, C)
    b = estimator_noise(np.random.default_rng(4), clip, FPS, C, np.ones(5))
    assert np.array_equal(a, b)
    error = 1000 * (a - clip)
    root_relative = np.linalg.norm(error - error[:, :1], axis=-1).mean()
    assert 60 < root_relative < 130  # noise.md: 92.5 mm on captured clips


@pytest.mark.parametrize("frames", [1, 7, 200])
def test_noise_keeps_shape_and_type_and_follows_its_seed(frames):
    clip = walking_clip(frames, FPS)
    original = clip.copy()

    def all_kinds(seed: int) -> list[np.ndarray]:
        rng = np.random.default_rng(seed)
        return [estimator_noise(rng, clip, FPS, C), white_noise(rng, clip, 10), rotation_noise(rng, clip, FPS, 3, 1, 20)]

    for first, again, other in zip(all_kinds(1), all_kinds(1), all_kinds(2)):
        assert first.shape == clip.shape and first.dtype == np.float32
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)
    assert np.array_equal(clip, original)


def test_white_noise_has_its_std(rng):
    error = 1000 * (white_noise(rng, LONG, 28.8).astype(np.float64) - LONG)
    np.testing.assert_allclose(rms(error), 28.8, rtol=0.03)


def test_rotation_noise_keeps_every_bones_length_and_moves_the_joints(rng):
    clip = walking_clip(300, FPS)
    noisy = rotation_noise(rng, clip, FPS, 6, 5, 60)
    for joint, parent in list(enumerate(PARENTS))[1:]:
        before = np.linalg.norm(clip[:, joint] - clip[:, parent], axis=-1)
        after = np.linalg.norm(noisy[:, joint] - noisy[:, parent], axis=-1)
        np.testing.assert_allclose(after, before, atol=1e-5)
    assert np.linalg.norm(noisy - clip, axis=-1).mean() > 0.02


def test_a_turn_about_y_takes_depth_to_the_side():
    np.testing.assert_allclose(turn(np.array([[0.0, 2.0, 1.0]]), np.pi / 2), [[1, 2, 0]], atol=1e-12)
