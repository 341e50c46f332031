"""Other bodies and other rigs: clean clips with changed bone lengths and joint placements.

Rigs put the same joints elsewhere (a spine joint near the waist or half way up, hips below the pelvis or beside it),
and people differ in proportion. The training skeletons are two; without this a network learns their bone lengths by
heart and pulls every other body towards them.
"""

import numpy as np

from noise import PARENTS

# Bones by their child joint; left and right alike. Range of the length factor.
BONE_FACTORS: tuple[tuple[tuple[int, ...], float, float], ...] = (
    ((1, 4), 0.75, 1.5),  # pelvis to hips
    ((2, 5), 0.82, 1.25),  # thighs
    ((3, 6), 0.8, 1.2),  # shins
    ((7,), 0.3, 1.3),  # pelvis to spine
    ((8,), 0.75, 1.35),  # spine to thorax
    ((9,), 0.6, 1.7),  # thorax to neck
    ((10,), 0.6, 1.8),  # neck to head top
    ((11, 14), 0.75, 1.55),  # thorax to shoulders
    ((12, 15), 0.85, 1.2),  # upper arms
    ((13, 16), 0.8, 1.2),  # forearms
)
# Joints shifted in the frame of the pelvis or the thorax: standard deviation upwards and forwards, mm.
SHIFTS: tuple[tuple[tuple[int, ...], str, float, float], ...] = (
    ((1, 4), "pelvis", 35.0, 15.0),
    ((7,), "pelvis", 0.0, 20.0),
    ((8,), "thorax", 0.0, 15.0),
    ((9,), "thorax", 0.0, 15.0),
    ((10,), "thorax", 0.0, 35.0),
    ((11, 14), "thorax", 40.0, 15.0),
)


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def up_and_forward(across: np.ndarray, up: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Unit up and forward of a body frame from its left axis and a rough up, (frames, 3) each."""
    left = unit(across)
    up = unit(up - left * (up * left).sum(-1, keepdims=True))
    return up, np.cross(left, up)


def other_body(rng: np.random.Generator, clip: np.ndarray) -> np.ndarray:
    """The same motion on a made-up body, (frames, 17, 3) metres."""
    factors = np.ones(17)
    for joints, low, high in BONE_FACTORS:
        factors[list(joints)] = rng.uniform(low, high)
    frames = {
        "pelvis": up_and_forward(clip[:, 4] - clip[:, 1], clip[:, 8] - clip[:, 0]),
        "thorax": up_and_forward(clip[:, 11] - clip[:, 14], clip[:, 8] - clip[:, 7]),
    }
    shifts = np.zeros_like(clip)
    for joints, part, up_mm, forward_mm in SHIFTS:
        up, forward = frames[part]
        shift = up * rng.normal(0, up_mm / 1000) + forward * rng.normal(0, forward_mm / 1000)
        shifts[:, list(joints)] += shift[:, None]
    out = clip.copy()
    for joint in range(1, 17):
        parent = PARENTS[joint]
        out[:, joint] = out[:, parent] + factors[joint] * (clip[:, joint] - clip[:, parent]) + shifts[:, joint]
    return out.astype(clip.dtype)
