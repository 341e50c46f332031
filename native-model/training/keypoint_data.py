"""Windows of 2D keypoints with the 3D truth behind them: motion in front of random cameras, and what a detector errs.

World: metres, Y up. Camera axes: x to the right, y up, z towards the viewer. A ray is (x, y, -1) in camera axes, kept
as x and y; those a network sees are divided by a focal length that is only assumed.
"""

from dataclasses import dataclass

import numpy as np
import torch

from config import MixSteConfig, NoiseConfig
from data import SOURCE_FPS
from library import mirror
from noise import ARMS, LEGS, MISS_PARTS, PARENTS, burst_envelope, difficulty, poisson_bursts, turn, wander
from proportions import other_body
from sequence_data import Clip, other_torso, tilt

GRID_FPS = 30.0
HIPS, SHOULDERS = [1, 4], [11, 14]
PELVIS, SPINE, THORAX, NECK, HEAD = 0, 7, 8, 9, 10
NEAREST_M = 0.6  # joint to camera, along its axis
PARTS_OUT_OF_SIGHT = ((3, 6), (2, 3, 5, 6), (3,), (6,), (13,), (16,), (12, 13), (15, 16), (9, 10), (9, 10), tuple(range(17)))


@dataclass
class Camera:
    axes: np.ndarray  # right, up, back in the world, as rows: (3, 3)
    place: np.ndarray  # metres: (3,)
    focal: float  # of the picture's longer side

    def see(self, points: np.ndarray) -> np.ndarray:
        """(..., 3) world to camera axes, metres."""
        return (points - self.place) @ self.axes.T

    @property
    def up(self) -> np.ndarray:
        return self.axes[:, 1]


def rays_of(seen: np.ndarray) -> np.ndarray:
    """(..., 3) in camera axes, in front of it -> (..., 2)."""
    return seen[..., :2] / -seen[..., 2:]


def random_camera(rng: np.random.Generator, motion: np.ndarray, c: MixSteConfig) -> Camera:
    """A camera that stands still and has the motion (frames, 17, 3) in front of it."""
    middle = motion[:, 0].mean(0)
    reach = np.linalg.norm((motion - middle)[..., [0, 2]], axis=-1).max()
    low, high = np.log(c.distance[0]), np.log(c.distance[1])
    distance = max(np.exp(rng.uniform(low, high)), reach + NEAREST_M + 0.3)
    pitch = np.radians(rng.uniform(*c.pitch_deg))
    pitch = max(pitch, np.arcsin(np.clip((0.1 - middle[1]) / distance, -1, 1)))  # not below the floor
    yaw = rng.uniform(0, 2 * np.pi)
    place = middle + distance * np.array([np.cos(pitch) * np.sin(yaw), np.sin(pitch), np.cos(pitch) * np.cos(yaw)])
    focal = float(np.exp(rng.uniform(*np.log(c.focal))))
    aside, above = np.arctan(rng.uniform(-c.off_centre, c.off_centre, 2) / focal)
    return Camera(camera_axes(yaw + aside, pitch + above, np.radians(rng.normal(0, c.roll_deg))), place, focal)


def camera_axes(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """Axes of a camera that looks towards -Z, turned by yaw about Y, down by pitch, and by roll about its own axis."""
    back = np.array([np.cos(pitch) * np.sin(yaw), np.sin(pitch), np.cos(pitch) * np.cos(yaw)])
    right = np.array([np.cos(yaw), 0, -np.sin(yaw)])
    up = np.cross(back, right)
    cos, sin = np.cos(roll), np.sin(roll)
    return np.stack([cos * right + sin * up, cos * up - sin * right, back])


def same_size(body: np.ndarray, like: np.ndarray) -> np.ndarray:
    """A body scaled to another's size: one picture does not tell a small person nearby from a tall one far off."""
    long_bones = [2, 3, 5, 6, 7, 8, 12, 13, 15, 16]
    parents = [PARENTS[joint] for joint in long_bones]
    sizes = [np.linalg.norm(clip[0, long_bones] - clip[0, parents], axis=-1).sum() for clip in (body, like)]
    return like[:, :1] + (body - body[:, :1]) * (sizes[1] / max(sizes[0], 1e-6))


def motion_window(rng: np.random.Generator, clips: list[Clip], index: int, c: MixSteConfig) -> tuple[np.ndarray, np.ndarray, bool]:
    """T grid frames of a clip, changed in ways real motion could be: (T, 17, 3), usable (T,), and whether up is known."""
    spacing = SOURCE_FPS / GRID_FPS * np.exp(rng.uniform(*np.log(c.speed)))
    motion, good = cut(rng, clips[index], spacing, c.window)
    if rng.random() < c.share_other_torso:
        donor, donor_good = cut(rng, clips[int(rng.integers(len(clips)))], spacing, c.window)
        motion, good = other_torso(motion, mirror(donor) if rng.random() < 0.5 else donor), good & donor_good
    if rng.random() < 0.5:
        motion = mirror(motion)
    if rng.random() < c.share_reversed:
        motion, good = motion[::-1], good[::-1]
    tilted = rng.random() < c.share_tilted
    if tilted:
        motion = tilt(rng, turn(motion, rng.uniform(0, 2 * np.pi)))
    if rng.random() < c.share_other_bodies:
        motion = same_size(other_body(rng, motion), motion)
    return motion.astype(np.float32), good, not tilted


def cut(rng: np.random.Generator, clip: Clip, spacing: float, length: int) -> tuple[np.ndarray, np.ndarray]:
    """`length` frames from a random place, linear between the clip's frames; ends held and not usable."""
    last = len(clip.positions) - 1
    times = rng.uniform(0, max(1.0, last - (length - 1) * spacing)) + np.arange(length) * spacing
    inside = times <= last
    times = np.minimum(times, last)
    low = np.minimum(times.astype(int), max(0, last - 1))
    part = (times - low)[:, None, None]
    after = np.minimum(low + 1, last)
    return clip.positions[low] * (1 - part) + clip.positions[after] * part, inside & clip.good[low] & clip.good[after]


def derived_trunk(positions: np.ndarray) -> np.ndarray:
    """The trunk as it follows from COCO's hips, shoulders and ears (motion/skeleton/layout-to-body17.ts); (..., 17, D)."""
    out = positions.copy()
    hips, shoulders = positions[..., HIPS, :].mean(-2), positions[..., SHOULDERS, :].mean(-2)
    ears = positions[..., THORAX, :] + (positions[..., HEAD, :] - positions[..., THORAX, :]) / 1.5
    out[..., PELVIS, :], out[..., THORAX, :], out[..., SPINE, :] = hips, shoulders, (hips + shoulders) / 2
    out[..., NECK, :], out[..., HEAD, :] = (shoulders + ears) / 2, 1.5 * ears - 0.5 * shoulders
    return out


def detected(
    rng: np.random.Generator, rays: np.ndarray, depth: np.ndarray, c: MixSteConfig, noise: NoiseConfig, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """What a detector makes of (T, 17, 2) rays at depths (T, 17): rays with its errors, and its confidence (T, 17).

    Jitter, drift, joints mistaken for a while, spikes, left and right exchanged; `level` scales the first three.
    """
    frames = len(rays)
    weights = np.array(noise.joint_weights)[None, :, None]
    jitter_factor, drift_factor = difficulty(rng, frames, GRID_FPS, noise)
    error = c.jitter_mm * jitter_factor * rng.standard_normal(rays.shape)
    error += c.drift_mm * drift_factor * wander(rng, frames, (17, 2), noise.drift_pole_s, GRID_FPS)
    error *= level * weights
    doubt = np.zeros((frames, 17))
    for part in MISS_PARTS:
        for start, length in poisson_bursts(rng, frames, GRID_FPS, level * noise.miss_rate, noise.miss_seconds):
            envelope = burst_envelope(frames, start, length)[:, None]
            offset = rng.standard_normal((1, len(part), 2)) * c.miss_offset_mm
            error[:, list(part)] += envelope[..., None] * (offset + rng.standard_normal((frames, len(part), 2)) * c.miss_white_mm)
            doubt[:, list(part)] = np.maximum(doubt[:, list(part)], envelope * rng.uniform(0.1, 0.8))
    spikes = rng.random((frames, 17)) < level * noise.spike_probability
    error += spikes[..., None] * c.spike_mm * rng.standard_normal(rays.shape)
    confidence = 0.93 - doubt - 2.0 * np.linalg.norm(error, axis=-1) / 1000 + 0.06 * rng.standard_normal((frames, 17))
    found = rays + error / 1000 / depth[..., None]
    for start, length in poisson_bursts(rng, frames, GRID_FPS, level * noise.inversion_rate, noise.inversion_seconds):
        kind = rng.random()
        for right, left in LEGS if kind < 0.45 else ARMS if kind < 0.8 else LEGS + ARMS:
            part = slice(start, start + length)
            found[part, [right, left]] = found[part, [left, right]]
            confidence[part, [right, left]] = confidence[part, [left, right]]
    return found, np.clip(confidence, 0.05, 1)


def out_of_sight(rng: np.random.Generator, frames: int, c: MixSteConfig) -> np.ndarray:
    """1 where a joint was found at all, (frames, 17): joints never seen, parts or everybody lost for a while."""
    seen = np.ones((frames, 17))
    if rng.random() < c.share_absent_joints:
        part = PARTS_OUT_OF_SIGHT[rng.integers(len(PARTS_OUT_OF_SIGHT) - 1)]
        seen[:, list(part if rng.random() < 0.7 else rng.choice(np.arange(1, 17), int(rng.integers(1, 5)), replace=False))] = 0
    if rng.random() < c.share_gaps:
        for _ in range(int(rng.integers(1, 4))):
            start, length = int(rng.integers(frames)), int(rng.integers(2, 24))
            seen[start : start + length, list(PARTS_OUT_OF_SIGHT[rng.integers(len(PARTS_OUT_OF_SIGHT))])] = 0
    return seen


def keypoints_of(
    rng: np.random.Generator, motion: np.ndarray, camera: Camera, c: MixSteConfig, noise: NoiseConfig, level: float, derived: bool
) -> np.ndarray:
    """(T, 17, 3): rays as the network is given them, with the true focal length, and the confidence."""
    seen = camera.see(motion)
    shown = derived_trunk(seen) if derived else seen
    rays, depth = rays_of(shown), -shown[..., 2]
    if level == 0:
        return np.concatenate([rays, np.ones((*rays.shape[:2], 1))], -1)
    rays, confidence = detected(rng, rays, depth, c, noise, level)
    found = out_of_sight(rng, len(motion), c)
    if rng.random() < c.share_thresholded:
        found[confidence < 0.3] = 0
    if derived:
        hips, shoulders = found[:, HIPS].min(1), found[:, SHOULDERS].min(1)
        found[:, PELVIS], found[:, THORAX], found[:, SPINE] = hips, shoulders, hips * shoulders
        found[:, NECK] *= shoulders
        found[:, HEAD] = found[:, NECK]
    if rng.random() < c.share_without_confidence:
        confidence[:] = 1
    return np.concatenate([rays, confidence[..., None]], -1) * found[..., None]


def training_window(
    rng: np.random.Generator, clips: list[Clip], index: int, c: MixSteConfig, noise: NoiseConfig, ease: float = 1.0
) -> dict[str, np.ndarray]:
    motion, usable, up_known = motion_window(rng, clips, index, c)
    camera = random_camera(rng, motion, c)
    level = 0.0 if rng.random() < c.share_clean else ease * rng.uniform(*c.noise_level)
    keypoints = keypoints_of(rng, motion, camera, c, noise, level, rng.random() < c.share_derived_trunk)
    if rng.random() > c.share_known_focal:
        keypoints[..., :2] *= camera.focal / c.assumed_focal
    weight = usable.astype(np.float32)
    if rng.random() < c.share_short:
        length = 1 if rng.random() < 0.5 else int(rng.integers(2, c.window))
        keypoints[length:] = 0
        weight[length:] = 0
    seen = camera.see(motion)
    return {
        "keypoints": keypoints.astype(np.float32),
        "truth": (seen - seen[:, :1]).astype(np.float32),
        "weight": weight,
        "up": camera.up.astype(np.float32),
        "up_weight": np.float32(up_known),
    }


def window_set(clips: list[Clip], c: MixSteConfig, noise: NoiseConfig, count: int, seed: int, index: int) -> dict[str, torch.Tensor]:
    """`count` windows, each clip as often as it has frames; (count, T, ...). The first sets have less noise."""
    rng = np.random.default_rng([seed, index])
    frames = np.array([len(clip.positions) for clip in clips], dtype=float)
    chosen = rng.choice(len(clips), count, p=frames / frames.sum())
    ease = min(1.0, (index + 1) / c.easy_sets)
    windows = [training_window(rng, clips, int(clip), c, noise, ease) for clip in chosen]
    return {name: torch.from_numpy(np.stack([window[name] for window in windows])) for name in windows[0]}
