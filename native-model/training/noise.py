"""Corruptions of clean body-17 clips: estimator-like noise, white noise, noise on bone rotations.

Clips are (frames, 17, 3) in metres, Y up; noise amplitudes in config.py are in mm.
"""

import numpy as np
from scipy.signal import lfilter

from config import NoiseConfig

PARENTS = (-1, 0, 1, 2, 0, 4, 5, 0, 7, 8, 9, 8, 11, 12, 8, 14, 15)
# Body parts of the difficulty factor: torso (with head, shoulders, hips), right leg, left leg, left arm, right arm.
PART_OF_JOINT = (0, 0, 1, 1, 0, 2, 2, 0, 0, 0, 0, 0, 3, 3, 0, 4, 4)
MISS_PARTS = ((2, 3), (5, 6), (12, 13), (15, 16), (3,), (6,), (13,), (16,))
LEGS = ((1, 4), (2, 5), (3, 6))
ARMS = ((11, 14), (12, 15), (13, 16))


def wander(rng: np.random.Generator, frames: int, channels: tuple[int, ...], pole_s: float, fps: float) -> np.ndarray:
    """White noise through two cascaded one-pole low-passes, unit variance: (frames, *channels)."""
    a = float(np.exp(-1.0 / (pole_s * fps)))
    burn_in = int(10 * pole_s * fps)
    white = rng.standard_normal((frames + burn_in, *channels))
    once = lfilter([1 - a], [1, -a], white, axis=0)
    twice = lfilter([1 - a], [1, -a], once, axis=0)[burn_in:]
    variance = (1 - a) ** 4 * (1 + a * a) / (1 - a * a) ** 3
    return twice / np.sqrt(variance)


def difficulty(rng: np.random.Generator, frames: int, fps: float, c: NoiseConfig) -> tuple[np.ndarray, np.ndarray]:
    """Two factors of mean 1 per frame and joint, for jitter and for drift: each (frames, 17, 1)."""
    logs = []
    for _ in range(2):
        g = wander(rng, frames, (1,), c.difficulty_pole_s, fps)
        h = wander(rng, frames, (5,), c.difficulty_pole_s, fps)
        logs.append(c.difficulty_global * g + c.difficulty_part * h)
    rho = c.difficulty_correlation
    jitter_log, drift_log = logs[0], rho * logs[0] + np.sqrt(1 - rho * rho) * logs[1]
    mean = np.exp((c.difficulty_global**2 + c.difficulty_part**2) / 2)
    part = list(PART_OF_JOINT)
    return (np.exp(jitter_log) / mean)[:, part, None], (np.exp(drift_log) / mean)[:, part, None]


def burst_envelope(frames: int, start: int, length: int) -> np.ndarray:
    """0..1, faded in and out over a quarter of the burst."""
    envelope = np.zeros(frames)
    ramp = max(1, length // 4)
    shape = np.minimum(1, np.minimum(np.arange(1, length + 1), np.arange(length, 0, -1)) / (ramp + 1))
    stop = min(frames, start + length)
    envelope[start:stop] = shape[: stop - start]
    return envelope


def poisson_bursts(rng: np.random.Generator, frames: int, fps: float, rate: float, seconds: tuple[float, float]):
    """Starts and lengths in frames of bursts with the given rate per second."""
    for _ in range(rng.poisson(rate * frames / fps)):
        length = max(1, int(round(rng.uniform(*seconds) * fps)))
        yield int(rng.integers(0, frames)), length


def estimator_noise(
    rng: np.random.Generator,
    clean: np.ndarray,
    fps: float,
    c: NoiseConfig,
    amplitudes: np.ndarray | None = None,
    camera_yaw: float = 0.0,
) -> np.ndarray:
    """Noise of noise.md. `amplitudes`: factors of jitter, drift, miss, inversion rate, spike (all 1 in the benchmark)."""
    amplitude = np.ones(5) if amplitudes is None else amplitudes
    frames = len(clean)
    weights = np.array(c.joint_weights)[None, :, None]
    axis = np.array([1.0, 1.0, c.depth_factor])
    error = np.zeros_like(clean, dtype=np.float64)  # camera space, mm
    jitter_factor, drift_factor = difficulty(rng, frames, fps, c)
    error += amplitude[0] * c.jitter_mm * weights * axis * jitter_factor * rng.standard_normal(clean.shape)
    error += amplitude[1] * c.drift_mm * weights * axis * drift_factor * wander(rng, frames, (17, 3), c.drift_pole_s, fps)
    for part in MISS_PARTS:
        for start, length in poisson_bursts(rng, frames, fps, c.miss_rate, c.miss_seconds):
            envelope = burst_envelope(frames, start, length)[:, None, None]
            offset = rng.standard_normal((1, len(part), 3)) * c.miss_offset_mm * axis
            white = rng.standard_normal((frames, len(part), 3)) * c.miss_white_mm
            error[:, list(part)] += amplitude[2] * envelope * (offset + white)
    spikes = rng.random((frames, 17, 1)) < c.spike_probability
    error += amplitude[4] * spikes * c.spike_mm * rng.standard_normal(clean.shape)

    noisy = clean + turn(error, camera_yaw) / 1000.0
    for start, length in poisson_bursts(rng, frames, fps, c.inversion_rate * amplitude[3], c.inversion_seconds):
        for right, left in LEGS if rng.random() < 0.5 else ARMS:
            stop = start + length
            noisy[start:stop, [right, left]] = noisy[start:stop, [left, right]]
    return noisy.astype(np.float32)


def turn(vectors: np.ndarray, yaw: float) -> np.ndarray:
    """Rotation about Y by `yaw` radians, last axis xyz."""
    c, s = np.cos(yaw), np.sin(yaw)
    return vectors @ np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])


def white_noise(rng: np.random.Generator, clean: np.ndarray, std_mm: float) -> np.ndarray:
    return (clean + rng.standard_normal(clean.shape) * (std_mm / 1000.0)).astype(np.float32)


def rotation_noise(
    rng: np.random.Generator, clean: np.ndarray, fps: float, drift_deg: float, jitter_deg: float, root_mm: float
) -> np.ndarray:
    """Smooth drift and jitter on every bone's direction and on the root: what a bad solve looks like in a BVH.

    Every joint turns its whole subtree by a small rotation vector.
    """
    frames = len(clean)
    drift = wander(rng, frames, (17, 3), 0.35, fps) * np.radians(drift_deg)
    vectors = drift + rng.standard_normal((frames, 17, 3)) * np.radians(jitter_deg)
    angle = np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-12
    rotations = rotation_matrices(vectors / angle, angle[..., 0])
    root = wander(rng, frames, (3,), 0.35, fps) + 0.3 * rng.standard_normal((frames, 3))
    noisy = np.empty(clean.shape)
    total = np.empty((frames, 17, 3, 3))
    noisy[:, 0] = clean[:, 0] + root * (root_mm / 1000.0)
    total[:, 0] = rotations[:, 0]
    for joint in range(1, 17):
        parent = PARENTS[joint]
        noisy[:, joint] = noisy[:, parent] + np.einsum("fij,fj->fi", total[:, parent], clean[:, joint] - clean[:, parent])
        total[:, joint] = total[:, parent] @ rotations[:, joint]
    return noisy.astype(np.float32)


def rotation_matrices(axis: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Rodrigues: (..., 3) unit axes and (...) radians -> (..., 3, 3)."""
    x, y, z = np.moveaxis(axis, -1, 0)
    c, s = np.cos(angle), np.sin(angle)
    t = 1 - c
    rows = [t * x * x + c, t * x * y - s * z, t * x * z + s * y,
            t * x * y + s * z, t * y * y + c, t * y * z - s * x,
            t * x * z - s * y, t * y * z + s * x, t * z * z + c]  # fmt: skip
    return np.stack(rows, axis=-1).reshape(*angle.shape, 3, 3)
