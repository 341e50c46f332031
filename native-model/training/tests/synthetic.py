"""Made-up body-17 motion: a stick figure that swings its limbs. No captured motion."""

import numpy as np

# Standing, metres, Y up, facing +Z, left is +X; body-17 order.
STANDING = np.array([
    [0, 0.95, 0], [-0.09, 0.93, 0], [-0.1, 0.5, 0.02], [-0.1, 0.09, -0.02], [0.09, 0.93, 0], [0.1, 0.5, 0.02],
    [0.1, 0.09, -0.02], [0, 1.18, 0], [0, 1.42, -0.02], [0, 1.52, 0.02], [0, 1.68, 0.05], [0.17, 1.4, -0.02],
    [0.24, 1.12, -0.04], [0.27, 0.87, 0.06], [-0.17, 1.4, -0.02], [-0.24, 1.12, -0.04], [-0.27, 0.87, 0.06],
])  # fmt: skip


def walking_clip(frames: int, fps: float, seed: int = 0) -> np.ndarray:
    """(frames, 17, 3) float32 metres: limbs swing against each other at a pace and width drawn from the seed."""
    rng = np.random.default_rng(seed)
    phase = rng.uniform(0, 2 * np.pi) + 2 * np.pi * rng.uniform(0.7, 1.4) * np.arange(frames) / fps
    swing = rng.uniform(0.1, 0.3)
    clip = np.tile(STANDING, (frames, 1, 1))
    for knee, ankle, side in ((2, 3, 1), (5, 6, -1)):
        clip[:, knee, 2] += 0.5 * side * swing * np.sin(phase)
        clip[:, ankle, 2] += side * swing * np.sin(phase)
        clip[:, ankle, 1] += 0.3 * swing * (1 + side * np.cos(phase))
    for elbow, wrist, side in ((12, 13, 1), (15, 16, -1)):
        clip[:, elbow, 2] += 0.4 * side * swing * np.sin(phase)
        clip[:, wrist, 2] += 0.8 * side * swing * np.sin(phase + 0.4)
    clip[:, :, 1] += 0.02 * np.sin(2 * phase)[:, None]
    clip[:, :, 2] += rng.uniform(0.4, 1.2) * np.arange(frames)[:, None] / fps  # forward
    return clip.astype(np.float32)


def random_similarity(rng: np.random.Generator) -> tuple[float, np.ndarray, np.ndarray]:
    """scale, proper rotation (3, 3) and translation (3,): mapped = scale * points @ rotation + translation."""
    rotation, _ = np.linalg.qr(rng.standard_normal((3, 3)))
    if np.linalg.det(rotation) < 0:
        rotation[:, 0] *= -1
    return float(rng.uniform(0.4, 2.5)), rotation, rng.uniform(-3, 3, 3)
