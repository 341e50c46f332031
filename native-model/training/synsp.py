"""SynSP with a single view (SynSP: Synergy of Smoothness and Precision in Pose Sequences Refinement).

SynSP++ without the found window: no references, no searched distance. The global stage reads the input's encoding
with the PQE alone. SynSP's PSE compares views of one person; with one view it is a constant, and left out.
"""

import torch
from torch import Tensor

from config import ModelConfig
from model import SynSpPlusPlus


class SynSp(SynSpPlusPlus):
    """window: (B, T, J*3) metres, heading-normalised; step: (B, 2).

    Returns the final, position-branch and acceleration-branch windows, each (B, T, J*3) metres. Weights are named
    as in SynSP++, so that training can start from its.
    """

    def __init__(self, config: ModelConfig):
        super().__init__(config)
        del self.embed_found, self.encode_found, self.distance_affine

    def forward(self, window: Tensor, step: Tensor):
        token_code = self.token_position + self.embed_step(step)[:, None, :]  # (B, T, E)
        e0, e5, position, acceleration, q_local = self.local_stage(window, token_code)
        pqe = torch.matmul(self.dct, self.quality(position, acceleration))  # (B, T, 1)
        fused = self.fuse(e0, e5 + pqe)
        final = window + self.correction(self.final_head(fused + q_local))
        return final, position, acceleration
