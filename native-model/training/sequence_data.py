"""Training chunks for the networks that see seconds of motion: clips augmented, corrupted, brought to the grid rate.

A *grid* frame is every `dilation(fps)`-th frame of a clip behind a low-pass, so that a chunk spans about the same
time at any frame rate. The engine does the same steps in motion/windows/grid.ts.
"""

from dataclasses import dataclass

import numpy as np
import torch

from config import Config, SequenceConfig
from data import SOURCE_FPS, corrupt, resample
from library import good_frames, mirror
from noise import PARENTS, turn
from proportions import other_body, up_and_forward
from references import chunk_references

UPPER = list(range(7, 17))


def low_pass_taps(spacing: int, cutoff: float) -> np.ndarray:
    """Hann-windowed sinc of 8 spacings, unit sum; cut-off in units of the grid's Nyquist frequency."""
    radius = 4 * spacing
    at = np.arange(-radius, radius + 1)
    taps = np.sinc(at * cutoff / spacing) * (0.5 + 0.5 * np.cos(np.pi * at / (radius + 1)))
    return taps / taps.sum()


def to_grid(clip: np.ndarray, spacing: int, cutoff: float) -> np.ndarray:
    """Every `spacing`-th frame of the low-passed clip, ends held: (frames, ...) -> (ceil(frames / spacing), ...)."""
    if spacing <= 1:
        return clip
    taps = low_pass_taps(spacing, cutoff)
    radius = len(taps) // 2
    padded = np.concatenate([np.repeat(clip[:1], radius, 0), clip, np.repeat(clip[-1:], radius, 0)])
    count = (len(clip) + spacing - 1) // spacing
    out = np.zeros((count, *clip.shape[1:]))
    for k, tap in enumerate(taps):
        out += tap * padded[k : k + (count - 1) * spacing + 1 : spacing]
    return out.astype(clip.dtype)


def bone_lengths(clip: np.ndarray, valid: np.ndarray | None = None) -> np.ndarray:
    """Median length of each bone over the clip, metres, by child joint 1..16: (16,). 0 where never seen."""
    lengths = np.linalg.norm(clip[:, 1:] - clip[:, list(PARENTS[1:])], axis=-1)
    if valid is None:
        return np.median(lengths, 0)
    seen = (valid[:, 1:] * valid[:, list(PARENTS[1:])]) > 0
    return np.array([np.median(lengths[seen[:, j], j]) if seen[:, j].any() else 0.0 for j in range(16)])


def tilt(rng: np.random.Generator, clip: np.ndarray) -> np.ndarray:
    """The whole clip turned about a horizontal axis by up to half a turn: lying, climbing, upside down."""
    heading, angle = rng.uniform(0, 2 * np.pi), rng.uniform(-np.pi, np.pi)
    c, s = np.cos(angle), np.sin(angle)
    origin = clip[:, :1].mean(0, keepdims=True)
    turned = turn(clip - origin, heading) @ np.array([[1, 0, 0], [0, c, s], [0, -s, c]])
    return (turn(turned, -heading) + origin).astype(clip.dtype)


def pelvis_frame(clip: np.ndarray) -> np.ndarray:
    """Axes left, up, forward of the pelvis as rows, (frames, 3, 3)."""
    up, forward = up_and_forward(clip[:, 4] - clip[:, 1], clip[:, 8] - clip[:, 0])
    return np.stack([np.cross(up, forward), up, forward], 1)


def other_torso(clip: np.ndarray, donor: np.ndarray) -> np.ndarray:
    """The legs of one clip under the spine, head and arms of another."""
    frames = min(len(clip), len(donor))
    clip, donor = clip[:frames], donor[:frames]
    offsets = donor[:, UPPER] - donor[:, :1]
    local = np.einsum("fij,fkj->fki", pelvis_frame(donor), offsets)
    out = clip.copy()
    out[:, UPPER] = clip[:, :1] + np.einsum("fji,fkj->fki", pelvis_frame(clip), local)
    return out.astype(clip.dtype)


@dataclass
class Clip:
    positions: np.ndarray
    good: np.ndarray
    person: str


def read_clips(data) -> list[Clip]:
    clips = []
    for index in range(len(data["starts"]) - 1):
        positions = data["positions"][data["starts"][index] : data["starts"][index + 1]]
        clips.append(Clip(positions, good_frames(positions), str(data["persons"][index])))
    return clips


def augmented(rng: np.random.Generator, clips: list[Clip], index: int, c: SequenceConfig) -> tuple[np.ndarray, np.ndarray]:
    """A clean clip at the source's frame rate, changed in ways real motion could be, and its usable frames."""
    clean, good = clips[index].positions, clips[index].good
    if rng.random() < c.share_other_torso:
        other = clips[int(rng.integers(len(clips)))]
        donor, donor_good = other.positions, other.good
        if rng.random() < 0.5:
            donor = mirror(donor)
        start = int(rng.integers(0, max(1, len(donor) - len(clean) + 1)))
        clean = other_torso(clean, donor[start:])
        good = good[: len(clean)] & donor_good[start : start + len(clean)]
    if rng.random() < 0.5:
        clean = mirror(clean)
    if rng.random() < c.share_reversed:
        clean, good = clean[::-1], good[::-1]
    if rng.random() < c.share_tilted:
        clean = tilt(rng, clean)
    clean = turn(clean, rng.uniform(0, 2 * np.pi)).astype(np.float32)
    if rng.random() < c.share_other_bodies:
        clean = other_body(rng, clean)
    if rng.random() < 0.4:
        clean = clean * np.float32(rng.uniform(0.85, 1.18))
    return clean, good


def missing_joints(rng: np.random.Generator, frames: int, c: SequenceConfig) -> np.ndarray:
    """1 where a joint was seen, (frames, 17): whole joints absent, or gaps of a part. The pelvis is always there."""
    valid = np.ones((frames, 17), dtype=np.float32)
    if rng.random() < c.share_absent_joints:
        valid[:, rng.choice(np.arange(1, 17), int(rng.integers(1, 5)), replace=False)] = 0
    if rng.random() < c.share_gaps:
        for _ in range(int(rng.integers(1, 4))):
            joints = ((2, 3), (5, 6), (12, 13), (15, 16), (3,), (6,), (13,), (16,), (9, 10), tuple(range(1, 17)))[rng.integers(10)]
            start, length = int(rng.integers(frames)), int(rng.integers(2, 20))
            valid[start : start + length, list(joints)] = 0
    return valid


def make_chunks(rng: np.random.Generator, clips: list[Clip], libraries: dict, config: Config) -> dict[str, torch.Tensor]:
    """One pass over the clips: chunks of T grid frames, metres in the world. Shapes (N, T, 17, 3), (N, T, 17), ..."""
    c, length = config.sequence, config.sequence.window
    by_person: dict[str, list] = {}
    for index in rng.permutation(len(clips)):
        clean, good = augmented(rng, clips, int(index), c)
        fps = float(rng.choice(c.frame_rates))
        ratio = SOURCE_FPS / fps * rng.uniform(0.8, 1.25)  # also speeds the motion up or down
        truth = resample(clean, ratio)
        if len(truth) < 8:
            continue
        spacing = max(1, int(np.floor(fps / config.windows.target_fps + 0.5)))
        noisy = to_grid(corrupt(rng, truth, fps, config), spacing, c.low_pass)
        usable = good[np.minimum((np.arange(len(truth)) * ratio).astype(int), len(good) - 1)][::spacing]
        truth = truth[::spacing]
        frames = len(truth)
        valid = missing_joints(rng, frames, c)
        bones = bone_lengths(noisy, valid)
        wanted = max(1, round(c.passes * frames / length))
        starts = rng.integers(0, max(1, frames - length + 1), wanted)
        for start in starts:
            part = slice(start, min(frames, start + length))
            piece = {"window": noisy[part], "truth": truth[part], "valid": valid[part], "weight": usable[part].astype(np.float32)}
            pad = length - (part.stop - part.start)
            if pad:
                piece = {name: np.concatenate([value, np.repeat(value[-1:], pad, 0)]) for name, value in piece.items()}
                piece["valid"][-pad:] = 0
                piece["weight"][-pad:] = 0
            piece["bones"] = bones.astype(np.float32)
            piece["step"] = np.array([spacing * 30.0 / fps, 30.0 / fps], dtype=np.float32)
            by_person.setdefault(clips[int(index)].person, []).append(piece)
    parts: dict[str, list[torch.Tensor]] = {}
    for person, pieces in by_person.items():
        batch = {name: torch.from_numpy(np.stack([piece[name] for piece in pieces])) for name in pieces[0]}
        if c.references:
            batch |= chunk_references(batch["window"], batch["valid"], libraries[person], config)
        for name, tensor in batch.items():
            parts.setdefault(name, []).append(tensor)
    order = torch.from_numpy(rng.permutation(sum(len(part) for part in parts["window"])))
    return {name: torch.cat(tensors)[order] for name, tensors in parts.items()}
