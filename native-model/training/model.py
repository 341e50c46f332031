"""The SynSP++ network (SynSP++: General Pose Sequences Refinement via Synergy of Smoothness and Precision, III).

Where the paper leaves room, this file states what it does:

* Tokens are the DCT coefficients of the window over time, as in the authors' code; every head's output is turned
  back by the inverse DCT, so that losses and the PQE live in frames. The heads predict a correction to the input
  window: a clean window needs none.
* PQE_t and the searched distance are scalars per token. PQE is computed per frame, with the maximum taken over
  the window (frames and joints), and goes through the same DCT before it is added.
* Each branch has its own last layer, as in the paper (the authors' code shares it).
* The time step enters as two numbers added to the embedding by a linear layer: seconds between the window's
  frames and seconds between the clip's frames, both in units of 1/30 s.
"""

import math

import torch
from torch import Tensor, nn

from config import ModelConfig


class Attention(nn.Module):
    """Multi-head attention without biases, post-norm residual."""

    def __init__(self, config: ModelConfig):
        super().__init__()
        width = config.heads * config.d_head
        self.heads, self.d_head = config.heads, config.d_head
        self.query = nn.Linear(config.d_model, width, bias=False)
        self.key = nn.Linear(config.d_model, width, bias=False)
        self.value = nn.Linear(config.d_model, width, bias=False)
        self.out = nn.Linear(width, config.d_model, bias=False)
        self.norm = nn.LayerNorm(config.d_model, eps=1e-6)

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        B, T, _ = x.shape  # batch, query tokens, d_model
        S = memory.shape[1]  # memory tokens
        q = self.query(x).view(B, T, self.heads, self.d_head).transpose(1, 2)  # (B, H, T, d)
        k = self.key(memory).view(B, S, self.heads, self.d_head).permute(0, 2, 3, 1)  # (B, H, d, S)
        v = self.value(memory).view(B, S, self.heads, self.d_head).transpose(1, 2)  # (B, H, S, d)
        weights = torch.softmax(torch.matmul(q, k) * (1.0 / math.sqrt(self.d_head)), dim=-1)  # (B, H, T, S)
        mixed = torch.matmul(weights, v).transpose(1, 2).reshape(B, T, -1)  # (B, T, H*d)
        return self.norm(x + self.out(mixed))


class FeedForward(nn.Module):
    def __init__(self, config: ModelConfig):
        super().__init__()
        self.inner = nn.Linear(config.d_model, config.d_inner)
        self.outer = nn.Linear(config.d_inner, config.d_model)
        self.norm = nn.LayerNorm(config.d_model, eps=1e-6)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(x + self.outer(torch.relu(self.inner(x))))


class Layer(nn.Module):
    """One layer. As an encoder layer the memory is its own input; as a decoder layer it only looks at the memory."""

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.attention = Attention(config)
        self.feed_forward = FeedForward(config)

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        return self.feed_forward(self.attention(x, memory))


class Encoder(nn.Module):
    def __init__(self, config: ModelConfig, layers: int):
        super().__init__()
        self.layers = nn.ModuleList(Layer(config) for _ in range(layers))

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x, x)
        return x


class Decoder(nn.Module):
    def __init__(self, config: ModelConfig, layers: int):
        super().__init__()
        self.layers = nn.ModuleList(Layer(config) for _ in range(layers))

    def forward(self, query: Tensor, memory: Tensor) -> Tensor:
        for layer in self.layers:
            query = layer(query, memory)
        return query


def dct_matrix(length: int) -> Tensor:
    """Orthonormal DCT-II, (coefficient, frame). Its transpose is its inverse."""
    frame = torch.arange(length, dtype=torch.float64)
    matrix = torch.cos(math.pi * (frame[None, :] + 0.5) * frame[:, None] / length) * math.sqrt(2 / length)
    matrix[0] *= math.sqrt(0.5)
    return matrix.float()


def position_encoding(length: int, width: int) -> Tensor:
    """Sinusoidal encoding (Attention is all you need, 3.5), (length, width)."""
    position = torch.arange(length, dtype=torch.float32)[:, None]
    frequency = torch.exp(torch.arange(0, width, 2, dtype=torch.float32) * (-math.log(10000.0) / width))
    encoding = torch.zeros(length, width)
    encoding[:, 0::2] = torch.sin(position * frequency)
    encoding[:, 1::2] = torch.cos(position * frequency)
    return encoding


class SynSpPlusPlus(nn.Module):
    """window, found: (B, T, J*3) metres, heading-normalised; distance: (B, 1); step: (B, 2).

    Returns the final, position-branch and acceleration-branch windows, each (B, T, J*3) metres.
    """

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.config = config
        C, E = config.channels, config.d_model
        self.embed_input = nn.Sequential(nn.Linear(C, E), nn.Linear(E, E))
        self.embed_found = nn.Sequential(nn.Linear(C, E), nn.Linear(E, E))
        self.embed_step = nn.Linear(2, E)
        self.encode_input = Encoder(config, config.encoder_layers)
        self.encode_found = Encoder(config, config.encoder_layers)
        self.refine = Decoder(config, config.shared_layers)
        self.position_layer = Layer(config)
        self.acceleration_layer = Layer(config)
        self.local = Decoder(config, config.local_layers)
        self.fuse = Decoder(config, config.global_layers)
        self.position_head = nn.Sequential(nn.Linear(E, 2 * E), nn.Linear(2 * E, C))
        self.acceleration_head = nn.Sequential(nn.Linear(E, 2 * E), nn.Linear(2 * E, C))
        self.final_head = nn.Sequential(nn.Linear(E, 2 * E), nn.Linear(2 * E, C))
        self.distance_affine = nn.Linear(1, 1)

        self.register_buffer("dct", dct_matrix(config.window))
        self.register_buffer("token_position", position_encoding(config.window, E))
        # Set from the training data: mean pose (J*3) and the typical size of each DCT coefficient, metres.
        self.register_buffer("mean_pose", torch.zeros(C))
        self.register_buffer("coefficient_scale", torch.ones(config.window, 1))

        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
        for head in (self.position_head, self.acceleration_head, self.final_head):
            nn.init.zeros_(head[1].weight)
            nn.init.zeros_(head[1].bias)

    def coefficients(self, window: Tensor) -> Tensor:
        """(B, T, C) metres -> normalised DCT coefficients (B, T, C)."""
        return torch.matmul(self.dct, window - self.mean_pose) / self.coefficient_scale

    def correction(self, coefficients: Tensor) -> Tensor:
        """Normalised DCT coefficients of a correction -> metres per frame, (B, T, C)."""
        return torch.matmul(self.dct.t(), coefficients * self.coefficient_scale)

    def local_stage(self, window: Tensor, token_code: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """The window by itself (equations 1 to 3): its embedding and encoding, the two branches, and Q_local."""
        e0 = self.embed_input(self.coefficients(window)) + token_code  # (B, T, E)
        e5 = self.encode_input(e0)
        shared = self.refine(e0, e5)
        q_position = self.position_layer(shared, e5)
        q_acceleration = self.acceleration_layer(shared, e5)
        position = window + self.correction(self.position_head(q_position))
        acceleration = window + self.correction(self.acceleration_head(q_acceleration))
        return e0, e5, position, acceleration, self.local(e0, q_acceleration)

    def forward(self, window: Tensor, found: Tensor, distance: Tensor, step: Tensor):
        token_code = self.token_position + self.embed_step(step)[:, None, :]  # (B, T, E)
        e0, e5, position, acceleration, q_local = self.local_stage(window, token_code)
        f5 = self.encode_found(self.embed_found(self.coefficients(found)) + token_code)

        # Global stage: PQE and SDE (equations 4 and 5).
        pqe = torch.matmul(self.dct, self.quality(position, acceleration))  # (B, T, 1)
        sde = torch.sigmoid(self.distance_affine(distance))[:, None, :]  # (B, 1, 1)
        memory = torch.cat([e5 + pqe, f5 + sde], dim=1)  # (B, 2T, E)
        fused = self.fuse(e0, memory)
        final = window + self.correction(self.final_head(fused + q_local))
        return final, position, acceleration

    def quality(self, position: Tensor, acceleration: Tensor) -> Tensor:
        """PQE per frame (B, T, 1), equation 4, from detached branch outputs."""
        B, T, _ = position.shape
        difference = (acceleration - position).detach().view(B, T, self.config.joints, self.config.dims)
        distance = torch.sqrt((difference * difference).sum(-1) + 1e-12)  # (B, T, J)
        largest = distance.amax(dim=(1, 2), keepdim=True) + self.config.pqe_sigma
        return torch.exp(-distance / largest).mean(-1, keepdim=True)


def refinement_loss(output: Tensor, truth: Tensor, weight: float) -> Tensor:
    """L1 on positions plus weight times L1 on accelerations (equation 7), metres; (B, T, C) each."""
    loss = (output - truth).abs().mean()
    if weight > 0:
        acceleration = output[:, 2:] - 2 * output[:, 1:-1] + output[:, :-2]
        target = truth[:, 2:] - 2 * truth[:, 1:-1] + truth[:, :-2]
        loss = loss + weight * (acceleration - target).abs().mean()
    return loss
