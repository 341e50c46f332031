"""Made-up bodies keep the motion and change the body."""

import numpy as np

from noise import PARENTS
from proportions import other_body
from synthetic import walking_clip


def lengths(clip: np.ndarray) -> np.ndarray:
    return np.linalg.norm(clip[:, 1:] - clip[:, list(PARENTS[1:])], axis=-1)


def test_limb_bones_keep_one_length_and_their_directions():
    clip = walking_clip(60, 30)
    body = other_body(np.random.default_rng(3), clip)
    before, after = lengths(clip), lengths(body)
    for joint in (2, 3, 5, 6, 12, 13, 15, 16):  # bones without a shift
        ratio = after[:, joint - 1] / before[:, joint - 1]
        assert ratio.std() < 1e-4
        parent = PARENTS[joint]
        a, b = clip[:, joint] - clip[:, parent], body[:, joint] - body[:, parent]
        cosine = (a * b).sum(-1) / (before[:, joint - 1] * after[:, joint - 1])
        assert cosine.min() > 0.99999


def test_left_and_right_change_alike():
    clip = walking_clip(30, 30)
    ratio = lengths(other_body(np.random.default_rng(5), clip)) / lengths(clip)
    for left, right in ((5, 2), (6, 3), (12, 15), (13, 16)):
        np.testing.assert_allclose(ratio[:, left - 1], ratio[:, right - 1], rtol=1e-4)


def test_bodies_differ_and_a_seed_gives_one_of_them():
    clip = walking_clip(10, 30)
    one, same, other = (other_body(np.random.default_rng(seed), clip) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).max() > 0.005
    np.testing.assert_array_equal(one[:, 0], clip[:, 0])
