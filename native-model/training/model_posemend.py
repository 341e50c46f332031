"""The `posemend` network: SynSP's two branches, quality encoding and references, over seconds instead of milliseconds.

Everything between the engine's world coordinates and the network is in the graph: heading, features, masks. Shapes:
B chunks, T grid frames, 17 joints, C channels. Differences from SynSP++:

* Dilated temporal convolutions with attention in between, T of 96 grid frames (about three seconds).
* Local stage, then the position and the acceleration branch; the global stage reads their disagreement per joint
  (equation 4 before its mean), the references and their spread and distance (SDE).
* Joint validity masks, the time step, the clip's bone lengths and the direction the noise prefers (an estimator's
  depth axis) are inputs; two more outputs are the expected error per joint before and after.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from config import SequenceConfig

LEFT_RIGHT = ((4, 1), (11, 14))
POSE_SCALE = 0.25  # metres; brings features near unit size
CORRECTION_SCALE = 0.1  # metres
ROOT_CHANGE_SCALE = 0.03  # metres
ERROR_SCALE = 0.05  # metres


def shifted(x: Tensor, dilation: int) -> Tensor:
    """(B, T, C) -> (B, T, 3C): the frames `dilation` before, at, and after; zeros outside."""
    T = x.shape[1]
    padded = F.pad(x, (0, 0, dilation, dilation))
    return torch.cat([padded[:, :T], x, padded[:, 2 * dilation :]], -1)


def turned(points: Tensor, heading: Tensor) -> Tensor:
    """(B, T, J, 3) turned about Y by a yaw of the given cosine and sine, (B, 2)."""
    c, s = heading[:, 0, None, None], heading[:, 1, None, None]
    x, y, z = points.unbind(-1)
    return torch.stack([x * c + z * s, y, z * c - x * s], -1)


class Convolution(nn.Module):
    """Pre-norm residual: three dilated taps, GELU, back."""

    def __init__(self, width: int, dilation: int):
        super().__init__()
        self.dilation = dilation
        self.norm = nn.LayerNorm(width)
        self.inner = nn.Linear(3 * width, 2 * width)
        self.outer = nn.Linear(2 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.outer(F.gelu(self.inner(shifted(self.norm(x), self.dilation)), approximate="tanh"))


class Attention(nn.Module):
    """Pre-norm residual self-attention over time with a learned bias per head and distance."""

    def __init__(self, width: int, heads: int, window: int):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.outer = nn.Linear(width, width)
        self.bias = nn.Parameter(torch.zeros(heads, window))
        at = torch.arange(window)
        self.register_buffer("distance", (at[:, None] - at[None]).abs(), persistent=False)

    def forward(self, x: Tensor, absent: Tensor) -> Tensor:
        """`absent`: (B, 1, 1, T), a large negative number where a frame is padding."""
        B, T, C = x.shape
        q, k, v = self.qkv(self.norm(x)).view(B, T, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q, k.transpose(-1, -2)) * (C // self.heads) ** -0.5
        scores = scores + self.bias[:, self.distance] + absent
        mixed = torch.matmul(torch.softmax(scores, -1), v)
        return x + self.outer(mixed.transpose(1, 2).reshape(B, T, C))


class Stage(nn.Module):
    """Convolutions with the given dilations, attention after every second."""

    def __init__(self, c: SequenceConfig, dilations: tuple[int, ...]):
        super().__init__()
        self.convolutions = nn.ModuleList(Convolution(c.width, dilation) for dilation in dilations)
        self.attentions = nn.ModuleList(Attention(c.width, c.heads, c.window) for _ in range(len(dilations) // 2))

    def forward(self, x: Tensor, absent: Tensor) -> Tensor:
        for index, convolution in enumerate(self.convolutions):
            x = convolution(x)
            if index % 2 == 1:
                x = self.attentions[index // 2](x, absent)
        return x


class Head(nn.Module):
    """LayerNorm and a linear map that starts at zero: an untrained network leaves the input as it is. In float32."""

    def __init__(self, width: int, outputs: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.linear = nn.Linear(width, outputs)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x: Tensor) -> Tensor:
        with torch.autocast(x.device.type, enabled=False):
            return self.linear(self.norm(x.float()))


class PoseMend(nn.Module):
    """Inputs, metres, Y up, world: window (B, T, 17, 3), valid (B, T, 17), bones (B, 16), step (B, 2), reference
    (B, T, 17, 3), spread (B, T, 17), distance (B, T), known (B,): 1 with references.

    Returns final, position, acceleration (B, T, 17, 3) metres in the world, and the expected root-relative error of
    each joint before and after, (B, T, 17) metres.
    """

    def __init__(self, c: SequenceConfig):
        super().__init__()
        self.c = c
        C = c.width
        self.embed = nn.Linear(51 + 51 + 3 + 17 + 17 + 4, C)
        self.embed_clip = nn.Linear(16 + 2 + 3, C)
        self.embed_reference = nn.Linear(51 + 17 + 2, C)
        self.embed_branches = nn.Linear(51 + 51 + 17, C)
        self.local = Stage(c, c.dilations_local)
        self.position_block = Convolution(C, 1)
        self.acceleration_block = Convolution(C, 1)
        self.position_head = Head(C, 51)
        self.acceleration_head = Head(C, 51)
        self.fuse = Stage(c, c.dilations_global)
        self.final_head = Head(C, 51)
        self.error_block = Convolution(C, 2)
        self.error_head = Head(C, 34)
        self.register_buffer("mean_pose", torch.zeros(17, 3))
        self.register_buffer("mean_bones", torch.full((16,), 0.25))

    def forward(self, window, valid, bones, step, reference, spread, distance, known):
        B, T = window.shape[:2]
        seen = valid[..., None]  # (B, T, 17, 1)
        heading, origin = self.frame_of_reference(window, valid)
        local = turned(window - origin[:, None, None], heading)  # (B, T, 17, 3)
        pelvis = local[:, :, :1]
        fallback = self.mean_pose + pelvis
        local = torch.where(seen > 0, local, fallback)
        body = (local - pelvis - self.mean_pose) / POSE_SCALE
        change = F.pad(second_difference(body), (0, 0, 0, 0, 1, 1)) * seen
        shake = torch.log(change.pow(2).sum(-1) + 1e-4)  # (B, T, 17)
        # The root's path spans metres; its shaking is told apart from it.
        root_change = F.pad(second_difference(pelvis[:, :, 0]), (0, 0, 1, 1)) / ROOT_CHANGE_SCALE * seen[:, :, 0]
        root_shake = torch.log(root_change.pow(2).sum(-1, keepdim=True) + 1e-3)
        features = torch.cat(
            [body.flatten(2), change.flatten(2), pelvis[:, :, 0], valid, shake, root_change, root_shake], -1
        )
        clip = torch.cat([(bones - self.mean_bones) * 10, step, self.noise_direction(change)], -1)
        x = self.embed(features).float() + self.embed_clip(clip)[:, None].float()  # the residual stream stays in float32

        absent = (1 - valid.amax(-1))[:, None, None] * -1e4  # (B, 1, 1, T)
        x = self.local(x, absent)
        by_position = self.corrected(local, self.position_head(self.position_block(x)))
        by_acceleration = self.corrected(local, self.acceleration_head(self.acceleration_block(x)))
        apart = self.relative(by_acceleration - by_position)
        disagreement = torch.sqrt(apart.pow(2).sum(-1) + 1e-8)  # (B, T, 17)

        k = known[:, None, None]
        found = turned(reference - origin[:, None, None], heading)
        away = self.relative(found - by_position) / POSE_SCALE
        library = torch.cat([away.flatten(2), spread / POSE_SCALE, distance[..., None], torch.ones_like(distance)[..., None]], -1)
        y = (
            x
            + self.embed_reference(library * k)
            + self.embed_branches(
                torch.cat([(self.relative(by_position) - self.mean_pose).flatten(2) / POSE_SCALE, apart.flatten(2) / 0.02,
                           torch.log(disagreement + 1e-3)], -1)
            )
        )  # fmt: skip
        y = self.fuse(y, absent)
        final = self.corrected(local, self.final_head(y))
        errors = F.softplus(self.error_head(self.error_block(y)).view(B, T, 2, 17)) * ERROR_SCALE
        back = heading * torch.tensor([1.0, -1.0], device=heading.device)
        world = [turned(out, back) + origin[:, None, None] for out in (final, by_position, by_acceleration)]
        return *world, errors[:, :, 0], errors[:, :, 1]

    @staticmethod
    def relative(pose: Tensor) -> Tensor:
        return pose - pose[:, :, :1]

    @staticmethod
    def corrected(local: Tensor, correction: Tensor) -> Tensor:
        """The pelvis' correction moves all joints; the others' are relative to it."""
        change = correction.view(*correction.shape[:2], 17, 3) * CORRECTION_SCALE
        return local + change + F.pad(change[:, :, :1].expand(-1, -1, 16, -1), (0, 0, 1, 0))

    @staticmethod
    def frame_of_reference(window: Tensor, valid: Tensor) -> tuple[Tensor, Tensor]:
        """Cosine and sine of the yaw that turns the mean left-right axis onto +X, (B, 2), and the mean pelvis (B, 3)."""
        present = valid[:, :, 0]
        origin = (window[:, :, 0] * present[..., None]).sum(1) / present.sum(1, keepdim=True).clamp(min=1)
        across = 0
        for left, right in LEFT_RIGHT:
            both = (valid[:, :, left] * valid[:, :, right])[..., None]
            across = across + ((window[:, :, left] - window[:, :, right]) * both).sum(1)
        length = torch.sqrt(across[:, 0] ** 2 + across[:, 2] ** 2).clamp(min=1e-6)
        c, s = across[:, 0] / length, across[:, 2] / length
        degenerate = (c.abs() + s.abs() < 0.5).to(c.dtype)
        return torch.stack([c + degenerate, s], -1), origin

    @staticmethod
    def noise_direction(change: Tensor) -> Tensor:
        """Horizontal anisotropy of the second differences and their size: (B, 3). A camera's depth axis shows here."""
        x, z = change[..., 0], change[..., 2]
        weight = 1 / (x * x + z * z + 1e-2)  # robust: a spike counts as one sample
        xx, zz, xz = (weight * x * x).mean((1, 2)), (weight * z * z).mean((1, 2)), (weight * x * z).mean((1, 2))
        total = xx + zz + 1e-6
        size = torch.log((change * change).sum(-1).mean((1, 2)) + 1e-6)
        return torch.stack([2 * (xx - zz) / total, 4 * xz / total, 0.2 * size], -1)


def norm(vectors: Tensor) -> Tensor:
    return torch.sqrt(vectors.pow(2).sum(-1) + 1e-8)


def second_difference(motion: Tensor) -> Tensor:
    return motion[:, 2:] - 2 * motion[:, 1:-1] + motion[:, :-2]


def sequence_losses(outputs, batch: dict[str, Tensor], c: SequenceConfig) -> dict[str, Tensor]:
    """Weighted sums to minimise and figures to watch, metres. MPJPE-like norms instead of L1 (equation 7)."""
    final, position, acceleration, before, after = outputs
    truth, weight = batch["truth"], batch["weight"]
    whole = weight.sum().clamp(min=1)
    inner = weight[:, 2:] * weight[:, 1:-1] * weight[:, :-2]
    target = PoseMend.relative(truth)
    target_change = second_difference(target)

    def place(out: Tensor) -> Tensor:
        return ((norm(PoseMend.relative(out) - target).mean(-1)) * weight).sum() / whole

    def shake(out: Tensor) -> Tensor:
        error = norm(second_difference(PoseMend.relative(out)) - target_change).mean(-1)
        return (error * inner).sum() / inner.sum().clamp(min=1)

    def root(out: Tensor) -> Tensor:
        here = norm(out[:, :, 0] - truth[:, :, 0])
        jerk = norm(second_difference(out[:, :, 0]) - second_difference(truth[:, :, 0]))
        return (here * weight).sum() / whole + c.lambda_root_acceleration * (jerk * inner).sum() / inner.sum().clamp(min=1)

    with torch.no_grad():
        error_before = norm(PoseMend.relative(batch["window"]) - target)
        error_after = norm(PoseMend.relative(final) - target)
    seen = batch["valid"] * weight[..., None]
    calibration = ((before - error_before).abs() * seen).sum() / seen.sum().clamp(min=1)
    calibration = calibration + (((before - error_before) * seen).mean(-1).abs() * weight).sum() / whole
    calibration = calibration + ((after - error_after).abs().mean(-1) * weight).sum() / whole
    figures = {"final": place(final), "final_accel": shake(final), "position": place(position),
               "acceleration": place(acceleration), "acceleration_accel": shake(acceleration),
               "root": root(final), "error": calibration}  # fmt: skip
    figures["loss"] = (
        figures["final"] + c.lambda_final * figures["final_accel"]
        + figures["position"] + c.lambda_root * root(position)
        + 0.5 * figures["acceleration"] + c.lambda_acceleration * figures["acceleration_accel"]
        + c.lambda_root * figures["root"] + c.lambda_error * calibration
    )  # fmt: skip
    return figures
