"""SmoothNet (SmoothNet: A Plug-and-Play Network for Refining Human Poses in Videos): temporal only.

One network for every coordinate of every joint: it sees the T values of one channel and nothing of the others. Two
things differ from the paper, so that minutes of training suffice: a channel enters less its mean over the window,
which goes back on afterwards, and the network predicts a correction, zero before any training.
"""

import torch
from torch import Tensor, nn

from config import SmoothNetConfig


class Block(nn.Module):
    """Residual: wide, narrow, wide."""

    def __init__(self, c: SmoothNetConfig):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(c.width, c.inner), nn.Dropout(c.dropout), nn.LeakyReLU(c.slope),
            nn.Linear(c.inner, c.width), nn.Dropout(c.dropout), nn.LeakyReLU(c.slope),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x)


class SmoothNet(nn.Module):
    """channels (N, T) metres -> smoothed (N, T) metres."""

    def __init__(self, window: int, c: SmoothNetConfig):
        super().__init__()
        self.window = window
        self.encode = nn.Sequential(nn.Linear(window, c.width), nn.LeakyReLU(c.slope))
        self.blocks = nn.Sequential(*(Block(c) for _ in range(c.blocks)))
        self.decode = nn.Linear(c.width, window)
        nn.init.zeros_(self.decode.weight)
        nn.init.zeros_(self.decode.bias)

    def forward(self, channels: Tensor) -> Tensor:
        centred = channels - channels.mean(-1, keepdim=True)
        return channels + self.decode(self.blocks(self.encode(centred)))


def to_channels(motion: Tensor) -> Tensor:
    """(B, T, 17, 3) metres -> (B * 51, T): the pelvis in the world, the other joints relative to it."""
    B, T = motion.shape[:2]
    pelvis = motion[:, :, :1]
    return torch.cat([pelvis, motion[:, :, 1:] - pelvis], 2).reshape(B, T, -1).transpose(1, 2).reshape(-1, T)


def smoothing_losses(smoothed: Tensor, truth: Tensor, weight: Tensor, c: SmoothNetConfig) -> dict[str, Tensor]:
    """L1 of positions and of accelerations, metres; all (N, T). Frames of weight 0 do not count."""
    inner = weight[:, 2:] * weight[:, 1:-1] * weight[:, :-2]
    error = smoothed - truth
    change = error[:, 2:] - 2 * error[:, 1:-1] + error[:, :-2]
    position = (error.abs() * weight).sum() / weight.sum().clamp(min=1)
    acceleration = (change.abs() * inner).sum() / inner.sum().clamp(min=1)
    return {"loss": position + c.lambda_acceleration * acceleration, "position": position, "acceleration": acceleration}
