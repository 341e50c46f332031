"""References of a chunk: for every short window the k nearest prototypes, aligned, averaged, and blended over time."""

import torch
from torch import Tensor

from config import Config
from library import search
from windows import align_to, retrieval_vectors


def chunk_references(window: Tensor, valid: Tensor, library: dict[str, Tensor], config: Config) -> dict[str, Tensor]:
    """(N, T, 17, 3) metres -> reference (N, T, 17, 3), spread (N, T, 17) metres, distance (N, T) of the mean match."""
    c = config.sequence
    N, T, J, _ = window.shape
    L = library["windows"].shape[1]
    starts = list(range(0, T - L + 1, c.reference_stride))
    if starts[-1] != T - L:
        starts.append(T - L)
    hat = torch.minimum(torch.arange(1, L + 1), torch.arange(L, 0, -1)).float()
    reference, spread = torch.zeros(N, T, J, 3), torch.zeros(N, T, J)
    distance, total = torch.zeros(N, T), torch.zeros(T)
    for start in starts:
        part = window[:, start : start + L]
        indices, distances = search(retrieval_vectors(part), library["vectors"], c.references)
        found = library["windows"][indices.flatten()]  # (N*k, L, J, 3)
        repeated = part[:, None].expand(N, c.references, L, J, 3).reshape(-1, L, J, 3)
        aligned = align_to(found, repeated).view(N, c.references, L, J, 3)
        mean = aligned.mean(1)
        wide = (aligned - mean[:, None]).pow(2).sum(-1).mean(1).sqrt()
        reference[:, start : start + L] += hat[:, None, None] * mean
        spread[:, start : start + L] += hat[:, None] * wide
        distance[:, start : start + L] += hat * distances.mean(1, keepdim=True)
        total[start : start + L] += hat
    return {
        "reference": reference / total[:, None, None],
        "spread": spread / total[:, None],
        "distance": distance / total,
    }
