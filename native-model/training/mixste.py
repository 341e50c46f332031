"""MixSTE (Zhang et al., CVPR 2022): lifts 2D keypoints of a window to 3D, every frame of it (seq2seq).

Spatial attention (the joints of a frame are tokens) and temporal attention (the frames of a joint are tokens) take
turns. Shapes: B windows, T grid frames, 17 joints, C channels. Differences from the paper:

* Rays instead of screen coordinates, and within the graph a virtual camera that is turned towards the body in every
  frame: the same pose seen at the picture's edge looks the same as in its middle.
* A confidence per keypoint; 0 where it was not seen.
* A joint's token begins with all of its frame, by weights of its own, and ends in a head of its own.
* A second output, the direction of up: a picture's axes are those of a camera that may look down or stand askew.

Camera axes: x to the right, y up, z towards the viewer, right-handed.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from config import MixSteConfig

POSE_SCALE = 0.3  # metres; brings the head's outputs near unit size
FEATURES = 13
PARENTS = [0, 0, 1, 2, 0, 4, 5, 0, 7, 8, 9, 8, 11, 12, 8, 14, 15]


def unit(vectors: Tensor) -> Tensor:
    return vectors / vectors.norm(dim=-1, keepdim=True).clamp_min(1e-6)


def aimed_axes(centre: Tensor) -> Tensor:
    """Axes right, up and back, as rows, of a camera turned by yaw and pitch towards the ray (x, y, -1): (..., 3, 3)."""
    x, y = centre.unbind(-1)
    ahead = unit(torch.stack([x, y, -torch.ones_like(x)], -1))
    a, b, c = ahead.unbind(-1)
    right = unit(torch.stack([-c, torch.zeros_like(c), a], -1))
    up = torch.stack([-right[..., 2] * b, right[..., 2] * a - right[..., 0] * c, right[..., 0] * b], -1)
    return torch.stack([right, up, -ahead], -2)


class Attention(nn.Module):
    """Pre-norm residual self-attention and feed-forward over the tokens of (N, tokens, C)."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.outer = nn.Linear(width, width)
        self.norm_inner = nn.LayerNorm(width)
        self.inner = nn.Linear(width, 2 * width)
        self.out = nn.Linear(2 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        N, L, C = x.shape
        q, k, v = self.qkv(self.norm(x)).view(N, L, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * (C // self.heads) ** -0.5, k.transpose(-1, -2))
        mixed = torch.matmul(torch.softmax(scores, -1), v)
        x = x + self.outer(mixed.transpose(1, 2).reshape(N, L, C))
        return x + self.out(F.relu(self.inner(self.norm_inner(x))))


class Head(nn.Module):
    """LayerNorm and a linear map, in float32."""

    def __init__(self, width: int, outputs: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.linear = nn.Linear(width, outputs)

    def forward(self, x: Tensor) -> Tensor:
        with torch.autocast(x.device.type, enabled=False):
            return self.linear(self.norm(x.float()))


class JointHead(nn.Module):
    """LayerNorm and a linear map for each joint: (B, T, 17, C) -> (B, T, 17, outputs), in float32."""

    def __init__(self, width: int, outputs: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.weight = nn.Parameter(torch.randn(17, width, outputs) * width**-0.5)
        self.bias = nn.Parameter(torch.zeros(17, outputs))

    def forward(self, x: Tensor) -> Tensor:
        with torch.autocast(x.device.type, enabled=False):
            return torch.matmul(self.norm(x.float())[..., None, :], self.weight)[..., 0, :] + self.bias


class MixSte(nn.Module):
    """keypoints (B, T, 17, 3): x and y of the ray (x, y, -1) in camera axes, and the confidence, 0 where not seen.

    Returns pose (B, T, 17, 3), metres relative to the pelvis in camera axes, and up (B, T, 3), a unit vector in them.
    """

    def __init__(self, c: MixSteConfig):
        super().__init__()
        self.c = c
        C = c.width
        self.embed = nn.Linear(17 * FEATURES, 17 * C)
        self.joint_place = nn.Parameter(0.02 * torch.randn(17, C))
        self.frame_place = nn.Parameter(0.02 * torch.randn(c.window, C))
        self.spatial = nn.ModuleList(Attention(C, c.heads) for _ in range(c.pairs))
        self.temporal = nn.ModuleList(Attention(C, c.heads) for _ in range(c.pairs))
        self.pose_head = JointHead(C, 3)
        self.up_head = Head(C, 3)
        self.register_buffer("mean_pose", torch.zeros(17, 3))
        self.register_buffer("mean_up", torch.tensor([0.0, 1.0, 0.0]))
        at = torch.arange(c.window)
        near = 1 - (at[:, None] - at[None]).abs() / (c.centre_frames + 1)
        # Frames far off count a little, so that a frame without keypoints has an aim too.
        self.register_buffer("smoothing", near.clamp_min(1e-4), persistent=False)

    def look(self, keypoints: Tensor) -> tuple[Tensor, Tensor]:
        """Features (B, T, 17, F) seen by the virtual cameras, and their axes (B, T, 3, 3)."""
        rays, confidence = keypoints[..., :2], keypoints[..., 2:]
        seen = (confidence > 0).to(rays.dtype)
        rays = rays * seen
        weight = confidence.clamp(0, 1) + 1e-3 * seen
        total = torch.matmul(self.smoothing, weight.sum(2))  # (B, T, 1)
        centre = torch.matmul(self.smoothing, (rays * weight).sum(2)) / total.clamp_min(1e-6)
        axes = aimed_axes(centre)
        turned = torch.matmul(torch.cat([rays, -torch.ones_like(rays[..., :1])], -1), axes.transpose(-1, -2))
        local = turned[..., :2] / (-turned[..., 2:]).clamp_min(0.1)
        sizes = (local.abs().sum(-1, keepdim=True) * weight).sum((1, 2))
        size = (sizes / weight.sum((1, 2)).clamp_min(1e-6)).clamp_min(1e-3)[:, None, None]  # (B, 1, 1, 1)
        middle = centre.mean(1, keepdim=True)
        track = (centre - middle)[:, :, None] / size
        frame = torch.cat([0.3 * track, centre[:, :, None], torch.log(size / 0.1).expand(-1, rays.shape[1], -1, -1)], -1)
        local = local / size
        bone = (local - local[:, :, PARENTS]) * seen * seen[:, :, PARENTS]
        length = (bone.square().sum(-1, keepdim=True) + 1e-6).sqrt()
        joint = torch.cat([local * seen, (local + track) * 0.3 * seen, bone, length, confidence], -1)
        return torch.cat([joint, frame.expand(-1, -1, 17, -1)], -1), axes

    def forward(self, keypoints: Tensor) -> tuple[Tensor, Tensor]:
        B, T, J, _ = keypoints.shape
        C = self.c.width
        with torch.autocast(keypoints.device.type, enabled=False):
            features, axes = self.look(keypoints)
        x = self.embed(features.flatten(2)).view(B, T, J, C) + self.joint_place
        for index, (spatial, temporal) in enumerate(zip(self.spatial, self.temporal)):
            x = spatial(x.reshape(B * T, J, C)).view(B, T, J, C)
            if index == 0:
                x = x + self.frame_place[:, None]
            x = temporal(x.transpose(1, 2).reshape(B * J, T, C)).view(B, J, T, C).transpose(1, 2)
        with torch.autocast(keypoints.device.type, enabled=False):
            pose = self.pose_head(x) * POSE_SCALE + self.mean_pose
            up = unit(self.up_head(x.float().mean(2)) + self.mean_up)
            return torch.matmul(pose - pose[:, :, :1], axes), torch.matmul(up[:, :, None], axes)[:, :, 0]


def lifting_losses(pose: Tensor, up: Tensor, batch: dict[str, Tensor], c: MixSteConfig) -> dict[str, Tensor]:
    """`batch`: truth (B, T, 17, 3) relative to the pelvis, up (B, 3), weight (B, T), up_weight (B,).

    Position and velocity as in the paper, plus acceleration; mean Euclidean distances in metres.
    """
    weight = batch["weight"]
    error = pose - batch["truth"]
    position = (error.norm(dim=-1).mean(-1) * weight).sum() / weight.sum()
    change, pairs = error[:, 1:] - error[:, :-1], weight[:, 1:] * weight[:, :-1]
    velocity = (change.norm(dim=-1).mean(-1) * pairs).sum() / pairs.sum().clamp_min(1)
    second, triples = change[:, 1:] - change[:, :-1], pairs[:, 1:] * pairs[:, :-1]
    acceleration = (second.norm(dim=-1).mean(-1) * triples).sum() / triples.sum().clamp_min(1)
    upright = weight * batch["up_weight"][:, None]
    up_error = ((up - batch["up"][:, None]).norm(dim=-1) * upright).sum() / upright.sum().clamp_min(1)
    loss = position + c.lambda_velocity * velocity + c.lambda_acceleration * acceleration + c.lambda_up * up_error
    return {"loss": loss, "position": position, "velocity": velocity, "acceleration": acceleration, "up": up_error}
