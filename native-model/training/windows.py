"""Cutting, normalising and comparing windows. The engine does the same steps in TypeScript (fixtures/ holds both to it)."""

import numpy as np
import torch
from torch import Tensor

from config import WindowConfig

RETRIEVAL_JOINTS = [1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 13, 14, 15, 16]
# Template pose, metres, Y up, facing +Z, left = +X; order of RETRIEVAL_JOINTS. Same numbers in fixtures/retrieval-template.json.
RETRIEVAL_TEMPLATE = [
    [-0.09, 0, 0], [-0.10, -0.42, 0.02], [-0.11, -0.83, -0.02],
    [0.09, 0, 0], [0.10, -0.42, 0.02], [0.11, -0.83, -0.02],
    [0, 0.48, -0.02], [0, 0.70, 0.06],
    [0.17, 0.44, -0.02], [0.24, 0.17, -0.04], [0.27, -0.07, 0.06],
    [-0.17, 0.44, -0.02], [-0.24, 0.17, -0.04], [-0.27, -0.07, 0.06],
]  # fmt: skip


def dilation(fps: float, config: WindowConfig) -> int:
    """Frames of the clip between two frames of a window. Halves round up, as Math.round does."""
    return max(1, int(np.floor(fps / config.target_fps + 0.5)))


def prefilter(clip: np.ndarray, spacing: int, config: WindowConfig) -> np.ndarray:
    """Gaussian low-pass over time before dilation, ends held: (frames, ...) -> same shape."""
    if spacing <= 1:
        return clip
    sigma = config.prefilter_sigma * spacing
    radius = int(4 * sigma + 0.5)
    taps = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    taps /= taps.sum()
    padded = np.concatenate([np.repeat(clip[:1], radius, 0), clip, np.repeat(clip[-1:], radius, 0)])
    return sum(tap * padded[k : k + len(clip)] for k, tap in enumerate(taps)).astype(clip.dtype)


def frame_of_reference(window: Tensor, config: WindowConfig) -> tuple[Tensor, Tensor]:
    """(B, T, J, 3) -> origin (B, 1, 1, 3) and yaw rotation (B, 3, 3) with normalised = (window - origin) @ rotation.

    The origin is the mean pelvis; the rotation turns the mean left-right axis onto +X (facing +Z).
    """
    origin = window[:, :, config.pelvis].mean(1)[:, None, None]
    across = sum(window[:, :, left] - window[:, :, right] for left, right in config.left_right).mean(1)
    x, z = across[:, 0], across[:, 2]
    length = torch.sqrt(x * x + z * z)
    valid = length > 1e-6
    c = torch.where(valid, x / length.clamp_min(1e-6), torch.ones_like(x))
    s = torch.where(valid, z / length.clamp_min(1e-6), torch.zeros_like(z))
    rotation = torch.zeros(len(window), 3, 3, dtype=window.dtype)
    rotation[:, 0, 0], rotation[:, 0, 2] = c, -s
    rotation[:, 1, 1] = 1
    rotation[:, 2, 0], rotation[:, 2, 2] = s, c
    return origin, rotation


def to_reference(window: Tensor, origin: Tensor, rotation: Tensor) -> Tensor:
    B, T, J, _ = window.shape
    return torch.bmm((window - origin).reshape(B, T * J, 3), rotation).view(B, T, J, 3)


def from_reference(window: Tensor, origin: Tensor, rotation: Tensor) -> Tensor:
    B, T, J, _ = window.shape
    return torch.bmm(window.reshape(B, T * J, 3), rotation.transpose(1, 2)).view(B, T, J, 3) + origin


def fit_similarity(source: Tensor, target: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Least-squares similarity (Umeyama 1991), batched over (B, N, 3): target ~ scale * (source - ms) @ R + mt."""
    ms, mt = source.mean(1, keepdim=True), target.mean(1, keepdim=True)
    a, b = source - ms, target - mt
    covariance = torch.bmm(a.transpose(1, 2), b)
    u, d, vt = torch.linalg.svd(covariance)
    sign = torch.sign(torch.linalg.det(u) * torch.linalg.det(vt))
    sign = torch.where(sign == 0, torch.ones_like(sign), sign)
    d = torch.stack([d[:, 0], d[:, 1], d[:, 2] * sign], 1)
    u = torch.cat([u[:, :, :2], u[:, :, 2:] * sign[:, None, None]], 2)
    rotation = torch.bmm(u, vt)
    scale = d.sum(1) / (a * a).sum((1, 2)).clamp_min(1e-12)
    return scale[:, None, None], rotation, ms, mt


def apply_similarity(points: Tensor, fit: tuple[Tensor, Tensor, Tensor, Tensor]) -> Tensor:
    scale, rotation, ms, mt = fit
    return scale * torch.bmm(points - ms, rotation) + mt


def retrieval_vectors(window: Tensor) -> Tensor:
    """(B, T, J, 3) -> (B, 84): template joints of the first and last frame, similarity-aligned to the template."""
    points = window[:, [0, -1]][:, :, RETRIEVAL_JOINTS].reshape(len(window), -1, 3)
    template = torch.tensor(RETRIEVAL_TEMPLATE, dtype=window.dtype).repeat(2, 1).expand(len(window), -1, -1)
    return apply_similarity(points, fit_similarity(points, template)).reshape(len(window), -1)


def align_to(found: Tensor, window: Tensor) -> Tensor:
    """The found window brought onto the input window by a similarity over all its frames and joints, (B, T, J, 3)."""
    B, T, J, _ = window.shape
    source, target = found.reshape(B, T * J, 3), window.reshape(B, T * J, 3)
    return apply_similarity(source, fit_similarity(source, target)).view(B, T, J, 3)
