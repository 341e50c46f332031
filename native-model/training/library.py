"""Prototypes: the reference library (PVD) of cluster means, never a captured window.

For training, one library per person is made without that person's windows, so that what the network consults then
looks like what it will consult at inference.
"""

from pathlib import Path

import numpy as np
import torch

from config import Config, LibraryConfig
from windows import frame_of_reference, retrieval_vectors, to_reference

GLITCH_METRES_PER_FRAME = 0.15  # at 120 fps; faster than any limb, so a fault of the capture


def good_frames(clip: np.ndarray) -> np.ndarray:
    """Frames without a capture glitch: (frames,) bool."""
    jump = np.linalg.norm(np.diff(clip, axis=0), axis=-1).max(1) > GLITCH_METRES_PER_FRAME
    bad = np.concatenate([[False], jump]) | np.concatenate([jump, [False]])
    return ~bad


def mirror(windows: np.ndarray) -> np.ndarray:
    """Left and right exchanged, (..., 17, 3)."""
    order = [0, 4, 5, 6, 1, 2, 3, 7, 8, 9, 10, 14, 15, 16, 11, 12, 13]
    return windows[..., order, :] * np.array([-1, 1, 1], dtype=windows.dtype)


def clean_windows(data, config: Config) -> tuple[np.ndarray, np.ndarray]:
    """All clean windows (with mirrors) at the target rate, (N, T, 17, 3), and the clip index of each, (N,)."""
    step = round(120 / config.windows.target_fps)
    stride = round(120 * config.library.stride_s)
    span = (config.model.window - 1) * step + 1
    windows, clips = [], []
    for clip in range(len(data["starts"]) - 1):
        positions = data["positions"][data["starts"][clip] : data["starts"][clip + 1]]
        good = good_frames(positions)
        for start in range(0, len(positions) - span + 1, stride):
            if good[start : start + span].all():
                windows.append(positions[start : start + span : step])
                clips.append(clip)
    stacked = np.stack(windows)
    return np.concatenate([stacked, mirror(stacked)]), np.concatenate([clips, clips])


def normalised(windows: np.ndarray, config: Config) -> torch.Tensor:
    tensor = torch.from_numpy(windows)
    return to_reference(tensor, *frame_of_reference(tensor, config.windows))


def prototypes(windows: torch.Tensor, vectors: torch.Tensor, clips: torch.Tensor, config: LibraryConfig, seed: int, count: int):
    """k-means in retrieval space, then means of heading-normalised windows. Keeps clusters of several clips only."""
    generator = torch.Generator().manual_seed(seed)
    count = min(count, len(vectors))
    centres = vectors[torch.randperm(len(vectors), generator=generator)[:count]].clone()
    for iteration in range(config.kmeans_iterations):
        assigned = nearest(vectors, centres)
        counts = torch.bincount(assigned, minlength=count)
        sums = torch.zeros_like(centres).index_add_(0, assigned, vectors)
        filled = counts > 0
        centres[filled] = sums[filled] / counts[filled, None]
    assigned = nearest(vectors, centres)
    members = torch.bincount(assigned, minlength=count)
    pairs = torch.unique(torch.stack([assigned, clips], 1), dim=0)
    different = torch.bincount(pairs[:, 0], minlength=count)
    keep = (members >= config.min_members) & (different >= 2)
    means = torch.zeros(count, *windows.shape[1:]).index_add_(0, assigned, windows)
    means = means[keep] / members[keep, None, None, None]
    return means, members[keep]


def nearest(vectors: torch.Tensor, centres: torch.Tensor, chunk: int = 8192) -> torch.Tensor:
    squares = (centres * centres).sum(1)
    return torch.cat([(squares - 2 * part @ centres.t()).argmin(1) for part in vectors.split(chunk)])


def search(vectors: torch.Tensor, centres: torch.Tensor, k: int, chunk: int = 4096) -> tuple[torch.Tensor, torch.Tensor]:
    """The k nearest by L2: indices and distances, (N, k) each."""
    squares = (centres * centres).sum(1)
    indices, distances = [], []
    for part in vectors.split(chunk):
        found = (squares - 2 * part @ centres.t()).topk(k, dim=1, largest=False)
        indices.append(found.indices)
        distances.append((found.values + (part * part).sum(1, keepdim=True)).clamp_min(0).sqrt())
    return torch.cat(indices), torch.cat(distances)


def libraries_without_each_person(data, config: Config, cache: Path) -> dict[str, dict[str, torch.Tensor]]:
    """person -> {windows, vectors} of prototypes made without that person; "" -> of all. Cached on disk."""
    if cache.exists():
        return torch.load(cache)
    raw, clips = clean_windows(data, config)
    windows = normalised(raw, config)
    vectors = retrieval_vectors(windows)
    clips = torch.from_numpy(clips)
    persons = data["persons"][clips.numpy()]
    result = {}
    for person in ["", *sorted({str(name) for name in data["persons"]})]:
        chosen = torch.from_numpy(np.asarray(persons != person))
        count = int(config.library.prototypes * chosen.float().mean())
        means, members = prototypes(windows[chosen], vectors[chosen], clips[chosen], config.library, 1, count)
        result[person] = {"windows": means, "vectors": retrieval_vectors(means), "members": members}
        print(f"library without {person or 'nobody'}: {len(means)} prototypes from {int(chosen.sum())} windows", flush=True)
    torch.save(result, cache)
    return result

