"""Local rotations of BVH clips, and the rotation noise of a bad solve. Quaternions are xyzw, last axis of tensors."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bvh import DAZ_JOINTS, METRES_PER_CENTIMETRE, NATIVE_JOINTS, Bvh, read_bvh
from config import HprConfig
from noise import burst_envelope, poisson_bursts, wander


@dataclass(frozen=True)
class RigClip:
    """A take of one rig, without the nodes that no body-17 joint hangs on. Parents precede children."""

    rotations: Tensor  # (frames, R, 4) float32, relative to the parent; signs continuous over time
    parents: tuple[int, ...]  # -1: the root
    offsets: Tensor  # (R, 3) metres
    turning: tuple[bool, ...]  # False: a node without rotation of its own (end site)
    joints: tuple[int, ...]  # node of each body-17 joint

    @property
    def rig(self) -> tuple:
        """Equal for clips whose frames can be stacked."""
        return self.parents, self.turning, self.joints


def multiply(a: Tensor, b: Tensor) -> Tensor:
    """Hamilton product: first b, then a."""
    ax, ay, az, aw = a.unbind(-1)
    bx, by, bz, bw = b.unbind(-1)
    return torch.stack(
        [
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
            aw * bw - ax * bx - ay * by - az * bz,
        ],
        -1,
    )


def conjugate(q: Tensor) -> Tensor:
    return q * torch.tensor([-1.0, -1.0, -1.0, 1.0], dtype=q.dtype, device=q.device)


def rotated(q: Tensor, vectors: Tensor) -> Tensor:
    """Vectors (..., 3) turned by unit quaternions (..., 4)."""
    axis = q[..., :3]
    twice = 2 * torch.cross(axis, vectors, dim=-1)
    return vectors + q[..., 3:] * twice + torch.cross(axis, twice, dim=-1)


def from_rotation_vectors(vectors: Tensor) -> Tensor:
    """(..., 3) radians -> (..., 4)."""
    angle = vectors.norm(dim=-1, keepdim=True)
    return torch.cat([vectors * torch.special.sinc(angle / (2 * np.pi)) / 2, torch.cos(angle / 2)], -1)


def continuous(q: Tensor) -> Tensor:
    """Signs chosen so that consecutive frames lie in one hemisphere, (frames, ..., 4)."""
    dots = (q[1:] * q[:-1]).sum(-1, keepdim=True)
    signs = torch.cumprod(torch.where(dots < 0, -1.0, 1.0).to(q.dtype), 0)
    return torch.cat([q[:1], q[1:] * signs])


def local_rotations(bvh: Bvh) -> Tensor:
    """(frames, nodes, 4) float64; the identity where a node has no rotation channel."""
    result = torch.zeros(len(bvh.values), len(bvh.names), 4, dtype=torch.float64)
    result[..., 3] = 1
    column = 0
    for node, channels in enumerate(bvh.channels):
        for channel in channels:
            if channel.lower().endswith("rotation"):
                vectors = torch.zeros(len(bvh.values), 3, dtype=torch.float64)
                vectors[:, "XYZ".index(channel[0].upper())] = torch.from_numpy(np.radians(bvh.values[:, column]))
                result[:, node] = multiply(result[:, node], from_rotation_vectors(vectors))
            column += 1
    return result


def rig_clip(path: Path) -> RigClip:
    """A clip of the training data; its leading T-pose frame is dropped where it has one."""
    bvh = read_bvh(path)
    daz = "rThigh" in bvh.names
    wanted = [bvh.names.index(names[0]) for names in (DAZ_JOINTS if daz else NATIVE_JOINTS)]
    kept = set()
    for node in wanted:
        while node >= 0 and node not in kept:
            kept.add(node)
            node = bvh.parents[node]
    nodes = sorted(kept)
    place = {node: index for index, node in enumerate(nodes)}
    return RigClip(
        rotations=continuous(local_rotations(bvh)[1 if daz else 0 :, nodes]).float(),
        parents=tuple(place.get(bvh.parents[node], -1) for node in nodes),
        offsets=torch.from_numpy(bvh.offsets[nodes] * METRES_PER_CENTIMETRE).float(),
        turning=tuple(any(name.lower().endswith("rotation") for name in bvh.channels[node]) for node in nodes),
        joints=tuple(place[node] for node in wanted),
    )


def read_rig_clips(split: Path) -> Iterator[RigClip]:
    """Every clip of a split's folder."""
    paths = sorted(split.glob("*/*.bvh"))
    if not paths:
        raise SystemExit(f"{split}: there is no BVH in its folders; give the folder that holds train/")
    for path in paths:
        yield rig_clip(path)


def joint_positions(rotations: Tensor, offsets: Tensor, parents: tuple[int, ...]) -> Tensor:
    """Forward kinematics with the root at the origin: (..., R, 4) and (..., R, 3) metres -> (..., R, 3) metres."""
    turned, places = [], []
    for node, parent in enumerate(parents):
        local = rotations[..., node, :]
        if parent < 0:
            turned.append(local)
            places.append(torch.zeros_like(local[..., :3]))
        else:
            places.append(places[parent] + rotated(turned[parent], offsets[..., node, :].expand_as(local[..., :3])))
            turned.append(multiply(turned[parent], local))
    return torch.stack(places, -2)


def noisy_rotations(rng: np.random.Generator, clean: Tensor, turning: tuple[bool, ...], fps: float, c: HprConfig) -> Tensor:
    """What a bad solve does to local rotations (frames, R, 4): drift, jitter and bursts on every turning node."""
    if rng.random() < c.share_clean:
        return clean
    frames, nodes = clean.shape[:2]
    degrees = rng.uniform(*c.jitter_deg) * rng.standard_normal((frames, nodes, 3))
    if rng.random() >= c.share_jitter_only:
        degrees += rng.uniform(*c.drift_deg) * wander(rng, frames, (nodes, 3), c.drift_pole_s, fps)
        for node in range(nodes):
            for start, length in poisson_bursts(rng, frames, fps, c.burst_rate, c.burst_seconds):
                offset = rng.standard_normal(3) + 0.5 * rng.standard_normal((frames, 3))
                degrees[:, node] += c.burst_deg * burst_envelope(frames, start, length)[:, None] * offset
    degrees *= np.array(turning)[None, :, None]
    return multiply(clean, from_rotation_vectors(torch.from_numpy(np.radians(degrees)).to(clean.dtype)))
