"""Trains HPR-Net on the local rotations of BVH clips, corrupted as a bad solve would.

The loss is taken over sequences of consecutive centres: L1 of the joint positions (the paper's, by forward kinematics
on the clip's own rig), of the quaternions, and of their second differences.
"""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from background import stream
from compact import training_rotations
from config import HprConfig
from data import SOURCE_FPS
from hpr_net import HprNet, averaged
from rotations import RigClip, conjugate, joint_positions, multiply, noisy_rotations
from training_loop import train_network


def make_sequences(clips: list[RigClip], c: HprConfig, seed: int, index: int) -> dict[str, Tensor]:
    """One pass over the clips of one rig. noisy (S, L + N - 1, R, 4), truth (S, L, R, 4), offsets (S, R, 3).

    The ends of a clip are held, as the engine does.
    """
    rng = np.random.default_rng([seed, index])
    reach, length = c.window // 2, c.sequence
    parts: dict[str, list[Tensor]] = {"noisy": [], "truth": [], "offsets": []}
    for clip in clips:
        step = int(rng.choice(c.steps))
        truth = clip.rotations[int(rng.integers(step)) :: step]
        if len(truth) < length:
            continue
        if rng.random() < 0.5:
            truth = truth.flip(0)
        noisy = noisy_rotations(rng, truth, clip.turning, SOURCE_FPS / step, c)
        for start in rng.integers(0, len(truth) - length + 1, max(1, round(c.passes * len(truth) / length))):
            around = np.arange(start - reach, start + length + reach).clip(0, len(truth) - 1)
            parts["noisy"].append(noisy[around])
            parts["truth"].append(truth[start : start + length])
            parts["offsets"].append(clip.offsets)
    order = torch.from_numpy(rng.permutation(len(parts["noisy"])))
    return {name: torch.stack(tensors)[order] for name, tensors in parts.items()}


def sequence_batches(groups: list, c: HprConfig, device: str) -> Iterator[dict]:
    """`groups`: (clips of one rig, their stream of sequences). A batch is of one rig, drawn by their share of the frames."""

    def of_one(clips: list[RigClip], sets: Iterator[dict[str, Tensor]]) -> Iterator[dict]:
        for sequences in sets:
            for _ in range(c.reuse):
                for indices in torch.randperm(len(sequences["truth"])).split(c.batch):
                    batch = {name: tensor[indices].to(device) for name, tensor in sequences.items()}
                    yield batch | {"clip": clips[0]}

    streams = [of_one(clips, sets) for clips, sets in groups]
    frames = np.array([sum(len(clip.rotations) for clip in clips) for clips, _ in groups])
    rng = np.random.default_rng(0)
    while True:
        yield next(streams[rng.choice(len(streams), p=frames / frames.sum())])


def windows_around(noisy: Tensor, c: HprConfig) -> tuple[Tensor, Tensor]:
    """(B, L + N - 1, R, 4) -> centres (B * L, R, 4) and their windows relative to them (B * L, N, R, 4)."""
    windows = noisy.unfold(1, c.window, 1).permute(0, 1, 4, 2, 3).flatten(0, 1)  # (B * L, N, R, 4)
    centres = windows[:, c.window // 2]
    return centres, multiply(conjugate(centres)[:, None].expand_as(windows), windows)


def rotation_losses(model: HprNet, batch: dict, c: HprConfig, missing: Tensor) -> dict[str, Tensor]:
    """`missing`: (17,) true where the network is shown the identity instead of the joint's rotation."""
    rig, truth = batch["clip"], batch["truth"]
    B, L, R, _ = truth.shape
    centres, relative = windows_around(batch["noisy"], c)
    features = relative[:, :, list(rig.joints)]
    features = torch.where(missing[None, None, :, None], model.identity, features)
    refined = multiply(centres, averaged(model(features), relative)).view(B, L, R, 4)
    figures = differences(refined, batch, rig, "")
    with torch.no_grad():
        figures |= differences(centres.view(B, L, R, 4), batch, rig, "input_")
    loss = c.lambda_joint * figures["joint"] + c.lambda_rotation * figures["rotation"] + c.lambda_smooth * figures["smooth"]
    return {"loss": loss} | figures


def differences(refined: Tensor, batch: dict, rig: RigClip, prefix: str) -> dict[str, Tensor]:
    truth, turning = batch["truth"], torch.tensor(rig.turning)
    signed = torch.where((refined * truth).sum(-1, keepdim=True) < 0, -refined, refined)
    error = (signed - truth)[:, :, turning]
    places = [joint_positions(q, batch["offsets"][:, None], rig.parents)[:, :, list(rig.joints)] for q in (refined, truth)]
    return {
        prefix + "joint": (places[0] - places[1]).abs().mean(),
        prefix + "rotation": error.abs().sum(-1).mean(),
        prefix + "smooth": (error[:, 2:] - 2 * error[:, 1:-1] + error[:, :-2]).abs().sum(-1).mean(),
    }


def missing_joints(c: HprConfig) -> Tensor:
    """Now and then up to four joints, as on rigs that have fewer: (17,) bool."""
    missing = torch.zeros(17, dtype=torch.bool)
    if torch.rand(()) < c.share_missing:
        missing[torch.randint(0, 17, (4,))] = True
    return missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mocap", type=Path, help="folder with train/, or with the compact file of compact.py")
    parser.add_argument("run", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--minutes", type=float, default=5.0, help="after the clips have been read")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes per rig that make sequences; 0: a thread")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    c = HprConfig()
    torch.manual_seed(7)
    rigs: dict[tuple, list[RigClip]] = {}
    for clip in training_rotations(arguments.mocap):
        rigs.setdefault(clip.rig, []).append(clip)
    print(f"{sum(map(len, rigs.values()))} clips, {len(rigs)} rigs", flush=True)
    groups = []
    for k, clips in enumerate(rigs.values()):
        groups.append((clips, stream(partial(make_sequences, clips, c, 7 + k), arguments.workers)))
    model = HprNet(c).to(arguments.device)

    def losses(batch: dict) -> dict[str, Tensor]:
        return rotation_losses(model, batch, c, missing_joints(c).to(arguments.device))

    batches = sequence_batches(groups, c, arguments.device)
    train_network(model, batches, losses, c, arguments.run, arguments.minutes, arguments.resume)


if __name__ == "__main__":
    main()
