"""Dilation, low-pass, heading normalisation, similarity and retrieval vectors."""

import numpy as np
import pytest
import torch

from config import WindowConfig
from library import mirror
from noise import turn
from synthetic import STANDING, random_similarity, walking_clip
from windows import (
    RETRIEVAL_TEMPLATE, align_to, apply_similarity, dilation, fit_similarity, frame_of_reference, from_reference,
    prefilter, retrieval_vectors, to_reference,
)  # fmt: skip

CONFIG = WindowConfig()


def window_of(seed: int) -> torch.Tensor:
    """(1, 8, 17, 3) float64."""
    return torch.from_numpy(walking_clip(8, 30.0, seed).astype(np.float64))[None]


def normalise(window: torch.Tensor) -> torch.Tensor:
    return to_reference(window, *frame_of_reference(window, CONFIG))


@pytest.mark.parametrize("fps, frames", [(10, 1), (24, 1), (30, 1), (44.9, 1), (45, 2), (60, 2), (75, 3), (100, 3), (120, 4)])
def test_window_frames_lie_about_a_thirtieth_of_a_second_apart_and_halves_round_up(fps, frames):
    assert dilation(fps, CONFIG) == frames


def test_no_low_pass_without_dilation():
    clip = walking_clip(20, 30.0)
    assert prefilter(clip, 1, CONFIG) is clip


def test_the_low_pass_is_a_gaussian_of_half_a_spacing():
    impulse = np.zeros((31, 1, 1))
    impulse[15] = 1
    response = prefilter(impulse, 4, CONFIG)[:, 0, 0]  # sigma = 2 frames
    assert response.sum() == pytest.approx(1)
    assert response[17] / response[15] == pytest.approx(np.exp(-0.5))  # one sigma away
    assert response[15 - 8] > 0 and response[15 - 9] == 0  # cut at four sigma


def test_the_low_pass_holds_the_ends_and_keeps_constants_shape_and_type():
    clip = np.tile(STANDING.astype(np.float32), (9, 1, 1))
    smooth = prefilter(clip, 4, CONFIG)
    assert smooth.shape == clip.shape and smooth.dtype == np.float32
    np.testing.assert_allclose(smooth, clip, atol=1e-6)


def test_heading_normalisation_forgets_where_a_window_stands_and_faces(rng):
    window = window_of(2)
    expected = normalise(window)
    for _ in range(5):
        moved = torch.from_numpy(turn(window.numpy(), rng.uniform(0, 2 * np.pi)) + rng.uniform(-4, 4, 3))
        assert torch.allclose(normalise(moved), expected, atol=1e-9)


def test_a_normalised_window_is_centred_on_the_pelvis_with_left_on_plus_x():
    window = torch.from_numpy(turn(window_of(3).numpy(), 2.0))
    result = normalise(window)
    assert torch.allclose(result[:, :, 0].mean(1), torch.zeros(1, 3, dtype=torch.float64), atol=1e-9)
    across = sum(result[:, :, left] - result[:, :, right] for left, right in CONFIG.left_right).mean((0, 1))
    assert across[0] > 0.1 and abs(across[2]) < 1e-9


def test_heading_normalisation_keeps_heights_apart_from_the_origin_and_returns_exactly():
    window = torch.from_numpy(turn(window_of(4).numpy(), -1.0) + np.array([3.0, 1.0, -2.0]))
    reference = frame_of_reference(window, CONFIG)
    normalised = to_reference(window, *reference)
    rise = window[..., 1] - window[:, :, 0, 1].mean()
    assert torch.allclose(normalised[..., 1], rise, atol=1e-9)
    assert torch.allclose(from_reference(normalised, *reference), window, atol=1e-9)


def test_a_window_whose_left_right_axis_stands_upright_keeps_its_heading():
    window = window_of(1)
    for left, right in CONFIG.left_right:
        window[:, :, left, [0, 2]] = window[:, :, right, [0, 2]]
    _, rotation = frame_of_reference(window, CONFIG)
    assert torch.equal(rotation[0], torch.eye(3, dtype=torch.float64))


def test_the_similarity_between_two_point_sets_is_recovered(rng):
    for _ in range(10):
        points = torch.from_numpy(rng.standard_normal((1, 12, 3)))
        scale, rotation, translation = random_similarity(rng)
        target = scale * points @ torch.from_numpy(rotation) + torch.from_numpy(translation)
        fit = fit_similarity(points, target)
        assert float(fit[0]) == pytest.approx(scale)
        assert torch.allclose(fit[1][0], torch.from_numpy(rotation), atol=1e-9)
        assert torch.allclose(apply_similarity(points, fit), target, atol=1e-9)


def test_a_similarity_never_mirrors(rng):
    points = torch.from_numpy(rng.standard_normal((20, 12, 3)))
    mirrored = points * torch.tensor([-1.0, 1.0, 1.0], dtype=torch.float64)
    scale, rotation, _, _ = fit_similarity(points, mirrored)
    assert torch.allclose(torch.linalg.det(rotation), torch.ones(20, dtype=torch.float64))
    assert bool((scale >= 0).all())
    assert (apply_similarity(points, fit_similarity(points, mirrored)) - mirrored).abs().max() > 0.1


def test_similarity_of_the_fit_is_the_best_of_its_neighbours(rng):
    """Least squares: turning or scaling the result a little in any direction makes it worse."""
    points, target = (torch.from_numpy(rng.standard_normal((1, 10, 3))) for _ in range(2))
    scale, rotation, ms, mt = fit_similarity(points, target)
    best = ((apply_similarity(points, (scale, rotation, ms, mt)) - target) ** 2).sum()
    for yaw in (-0.01, 0.01):
        turned = torch.from_numpy(turn(rotation.numpy(), yaw))
        assert ((apply_similarity(points, (scale, turned, ms, mt)) - target) ** 2).sum() > best
    for factor in (0.99, 1.01):
        assert ((apply_similarity(points, (scale * factor, rotation, ms, mt)) - target) ** 2).sum() > best


def test_retrieval_vectors_forget_place_attitude_and_size(rng):
    window = window_of(5)
    expected = retrieval_vectors(window)
    assert expected.shape == (1, 84)
    for _ in range(5):
        scale, rotation, translation = random_similarity(rng)
        moved = scale * window @ torch.from_numpy(rotation) + torch.from_numpy(translation)
        assert torch.allclose(retrieval_vectors(moved), expected, atol=1e-9)


def test_retrieval_vectors_tell_motion_from_standing_and_left_from_right():
    window = window_of(5)
    still = window[:, :1].expand(-1, 8, -1, -1)
    mirrored = torch.from_numpy(mirror(window.numpy()))
    for other in (still, mirrored):
        assert (retrieval_vectors(other) - retrieval_vectors(window)).norm() > 0.05


def test_the_template_pose_is_its_own_retrieval_vector():
    window = torch.zeros(1, 8, 17, 3, dtype=torch.float64)
    template = torch.tensor(RETRIEVAL_TEMPLATE, dtype=torch.float64)
    window[:, :, [1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 13, 14, 15, 16]] = template
    assert torch.allclose(retrieval_vectors(window)[0], template.repeat(2, 1).flatten(), atol=1e-9)


def test_a_found_window_is_laid_onto_the_input(rng):
    window = window_of(6)
    scale, rotation, translation = random_similarity(rng)
    found = scale * window @ torch.from_numpy(rotation) + torch.from_numpy(translation)
    assert torch.allclose(align_to(found, window), window, atol=1e-9)
