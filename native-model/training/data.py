"""Training windows: clean clips, augmented, corrupted, cut, and given the references inference would give them."""

import numpy as np
import torch

from config import Config
from library import good_frames, mirror, search
from proportions import other_body
from noise import estimator_noise, rotation_noise, turn, white_noise
from windows import align_to, dilation, frame_of_reference, prefilter, retrieval_vectors, to_reference

SOURCE_FPS = 120.0


def resample(clip: np.ndarray, ratio: float) -> np.ndarray:
    """Every `ratio`-th frame, linear in between: (frames, J, 3)."""
    times = np.arange(0, len(clip) - 1 + 1e-6, ratio)
    low = np.minimum(times.astype(int), len(clip) - 2)
    part = (times - low)[:, None, None].astype(clip.dtype)
    return clip[low] * (1 - part) + clip[low + 1] * part


def corrupt(rng: np.random.Generator, clean: np.ndarray, fps: float, config: Config) -> np.ndarray:
    """One of: estimator-like, white, rotation noise, nothing."""
    train = config.train
    kind = rng.random()
    if kind < train.share_estimator:
        amplitudes = rng.uniform(0.5, 2.0, 5)
        noisy = estimator_noise(rng, clean, fps, config.noise, amplitudes)
        if rng.random() < 0.1:  # the estimator's idea of the body's size is off
            noisy = noisy[:, :1] + (noisy - noisy[:, :1]) * rng.uniform(0.9, 1.1)
        if rng.random() < 0.1:  # dropped frames repeat the last one
            kept = rng.random(len(noisy)) > 0.05
            kept[0] = True
            noisy = noisy[np.maximum.accumulate(np.where(kept, np.arange(len(noisy)), 0))]
        return noisy
    if kind < train.share_estimator + train.share_white:
        return white_noise(rng, clean, rng.uniform(4, 64))
    if kind < train.share_estimator + train.share_white + train.share_rotation:
        return rotation_noise(rng, clean, fps, rng.uniform(1, 6), rng.uniform(0.3, 5), rng.uniform(5, 60))
    return clean


def cut(clip: np.ndarray, starts: np.ndarray, window: int, spacing: int) -> np.ndarray:
    """(len(starts), window, J, 3)."""
    return clip[starts[:, None] + np.arange(window)[None, :] * spacing]


def make_pool(rng: np.random.Generator, data, libraries: dict, config: Config) -> dict[str, torch.Tensor]:
    """Windows for a few hundred training steps, normalised: window, truth, found, distance, step; shuffled."""
    length, train = config.model.window, config.train
    parts: dict[str, list[torch.Tensor]] = {"window": [], "truth": [], "found": [], "distance": [], "step": []}
    clips = len(data["starts"]) - 1
    frames = np.diff(data["starts"])
    share = train.pool_windows / frames.sum()
    by_person: dict[str, list[tuple[np.ndarray, np.ndarray, float, int]]] = {}
    for clip in rng.permutation(clips):
        clean = data["positions"][data["starts"][clip] : data["starts"][clip + 1]]
        good = good_frames(clean)
        if rng.random() < 0.5:
            clean = mirror(clean)
        clean = turn(clean, rng.uniform(0, 2 * np.pi)).astype(np.float32)  # the noise's depth axis is world z
        if rng.random() < train.share_other_bodies:
            clean = other_body(rng, clean)
        if rng.random() < 0.4:
            clean = clean * np.float32(rng.uniform(0.88, 1.15))
        fps = float(rng.choice(train.frame_rates))
        ratio = SOURCE_FPS / fps * rng.uniform(0.85, 1.2)  # also speeds the motion up or down
        truth = resample(clean, ratio)
        spacing = dilation(fps, config.windows)
        span = (length - 1) * spacing + 1
        if len(truth) < span + 2:
            continue
        noisy = prefilter(corrupt(rng, truth, fps, config), spacing, config.windows)
        wanted = max(1, int(round(frames[clip] * share)))
        starts = rng.integers(0, len(truth) - span + 1, wanted)
        centres = np.minimum(((starts[:, None] + np.arange(span)[None, :: spacing]) * ratio).astype(int), len(good) - 1)
        starts = starts[good[centres].all(1)]
        if len(starts):
            person = str(data["persons"][clip])
            by_person.setdefault(person, []).append(
                (cut(noisy, starts, length, spacing), cut(truth, starts, length, spacing), fps, spacing)
            )
    for person, pieces in by_person.items():
        window = torch.from_numpy(np.concatenate([piece[0] for piece in pieces]))
        truth = torch.from_numpy(np.concatenate([piece[1] for piece in pieces]))
        step = torch.cat([step_input(piece[2], piece[3], len(piece[0])) for piece in pieces])
        reference = frame_of_reference(window, config.windows)
        window, truth = to_reference(window, *reference), to_reference(truth, *reference)
        library = libraries[person]
        indices, distances = search(retrieval_vectors(window), library["vectors"], 3)
        # The best with probability 1/2, else the second or the third (SynSP++, III-B).
        choice = torch.from_numpy(rng.choice(3, len(window), p=[0.5, 0.25, 0.25]))[:, None]
        found = library["windows"][indices.gather(1, choice)[:, 0]]
        parts["window"].append(window)
        parts["truth"].append(truth)
        parts["found"].append(align_to(found, window))
        parts["distance"].append(distances.gather(1, choice))
        parts["step"].append(step)
    order = torch.from_numpy(rng.permutation(sum(len(part) for part in parts["window"])))
    pool = {}
    for name, tensors in parts.items():
        tensor = torch.cat(tensors)[order]
        pool[name] = tensor.flatten(2) if tensor.dim() == 4 else tensor
    return pool


def step_input(fps: float, spacing: int, count: int) -> torch.Tensor:
    """Seconds between the window's frames and between the clip's frames, in units of 1/30 s: (count, 2)."""
    return torch.tensor([[spacing * 30.0 / fps, 30.0 / fps]], dtype=torch.float32).expand(count, 2)
