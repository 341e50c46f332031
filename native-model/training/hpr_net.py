"""HPR-Net (Sensors 21, 4572): weights for averaging a pose's rotations over a window of frames.

The paper reads the 24 rotations of SMPL. Here the features are the rotations of the 17 body joints *relative to the
window's centre frame*, conj(q_centre) q_i, so that a rig's rest pose and bone axes do not matter; the weights then
average the rotations of whatever joints the rig has.
"""

import torch
from torch import Tensor, nn

from config import HprConfig


class HprNet(nn.Module):
    """rotations (B, N, 17, 4): xyzw, relative to the centre frame, of either sign -> weights (B, N), of sum 1."""

    def __init__(self, c: HprConfig):
        super().__init__()
        self.scale = c.input_scale
        widths = [17 * 4 + 1, c.channels, c.channels, c.channels]
        self.convolutions = nn.ModuleList(nn.Conv1d(a, b, 3, padding=1) for a, b in zip(widths, widths[1:]))
        self.norms = nn.ModuleList(nn.LayerNorm(c.channels) for _ in widths[1:])
        self.centre = c.window // 2
        index = torch.arange(-self.centre, self.centre + 1).float() / self.centre
        self.register_buffer("index", index[None, :, None], persistent=False)  # (1, N, 1)
        self.register_buffer("identity", torch.tensor([0.0, 0.0, 0.0, 1.0]), persistent=False)

    def forward(self, rotations: Tensor) -> Tensor:
        change = (in_hemisphere(rotations) - self.identity).flatten(2) * self.scale  # (B, N, 68)
        x = torch.cat([change, self.index + 0 * change[..., :1]], -1)
        for convolution, norm in zip(self.convolutions, self.norms):
            x = torch.relu(norm(convolution(x.transpose(1, 2)).transpose(1, 2)))
        affinity = (x * x[:, self.centre : self.centre + 1]).sum(-1)  # H^T h_centre, equation 1
        return torch.softmax(affinity, -1)


def in_hemisphere(relative: Tensor) -> Tensor:
    """Quaternions relative to the centre, of the sign that lies on the centre's side (w >= 0)."""
    return torch.where(relative[..., 3:] < 0, -relative, relative)


def averaged(weights: Tensor, relative: Tensor) -> Tensor:
    """(B, N) and (B, N, R, 4) relative to the centre -> (B, R, 4), unit length (equations 2 and 3)."""
    mean = (weights[..., None, None] * in_hemisphere(relative)).sum(1)
    return mean / mean.norm(dim=-1, keepdim=True).clamp(min=1e-9)
