"""The training clips in one small file, for a machine that cannot be given the BVH: positions and local rotations.

The file holds captured motion: keep it in a git-ignored folder. Positions are whole steps of 0.1 mm (the pelvis in
32 bits, the other joints relative to it in 16), so they come back to within 0.05 mm; rotations to within 0.01
degrees. `weights` strips a checkpoint to what exports and fine-tuning read.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch

from rotations import RigClip, read_rig_clips

STEPS_PER_METRE = 10_000
COMPACT_FILE = "train-compact.npz"


def squeezed(steps: np.ndarray) -> np.ndarray:
    """Whole numbers (frames, ...) as their changes from frame to frame, byte planes first: zip makes it small.

    Changes may wrap around; adding them up wraps back.
    """
    changes = np.diff(steps, axis=0, prepend=np.zeros_like(steps[:1]))
    planes = np.ascontiguousarray(changes).view(np.uint8).reshape(*steps.shape, steps.itemsize)
    return np.ascontiguousarray(np.moveaxis(planes, -1, 0))


def expanded(planes: np.ndarray) -> np.ndarray:
    """The whole numbers of `squeezed`."""
    changes = np.ascontiguousarray(np.moveaxis(planes, 0, -1)).view(f"i{len(planes)}")[..., 0]
    return np.cumsum(changes, axis=0, dtype=changes.dtype)


def pack_positions(data) -> dict[str, np.ndarray]:
    """The arrays of prepare.py -> whole steps, squeezed."""
    steps = np.rint(data["positions"].astype(np.float64) * STEPS_PER_METRE).astype(np.int64)
    joints = steps[:, 1:] - steps[:, :1]
    if np.abs(joints).max() > np.iinfo(np.int16).max:
        raise SystemExit("a joint lies more than 3.2 m from its pelvis: the clips are not in metres")
    names = ("starts", "names", "persons")
    packed = {"pelvis": squeezed(steps[:, 0].astype(np.int32)), "joints": squeezed(joints.astype(np.int16))}
    return packed | {name: data[name] for name in names}


def unpack_positions(packed) -> dict[str, np.ndarray]:
    pelvis = expanded(packed["pelvis"]).astype(np.int64)[:, None]
    steps = np.concatenate([pelvis, pelvis + expanded(packed["joints"])], 1)
    positions = (steps / STEPS_PER_METRE).astype(np.float32)
    return {"positions": positions} | {name: packed[name] for name in ("starts", "names", "persons")}


def pack_rotations(clips: Iterable[RigClip]) -> dict[str, np.ndarray]:
    """Clips grouped by rig; arrays of rig k are named rig<k>_..."""
    groups: dict[tuple, list[RigClip]] = {}
    for clip in clips:
        groups.setdefault(clip.rig, []).append(clip)
    packed = {}
    for k, (rig, group) in enumerate(groups.items()):
        rotations = torch.cat([clip.rotations for clip in group]).numpy()
        packed[f"rig{k}_rotations"] = squeezed(np.rint(rotations * 32767).astype(np.int16))
        packed[f"rig{k}_starts"] = np.cumsum([0] + [len(clip.rotations) for clip in group])
        packed[f"rig{k}_offsets"] = torch.stack([clip.offsets for clip in group]).numpy()
        for name, values in zip(("parents", "turning", "joints"), rig):
            packed[f"rig{k}_{name}"] = np.array(values)
    return packed


def unpack_rotations(packed) -> list[RigClip]:
    clips = []
    for k in range(sum(name.endswith("_parents") for name in packed)):
        rig = {name: tuple(packed[f"rig{k}_{name}"].tolist()) for name in ("parents", "turning", "joints")}
        rotations = torch.from_numpy(expanded(packed[f"rig{k}_rotations"]).astype(np.float32))
        rotations = rotations / rotations.norm(dim=-1, keepdim=True)
        starts = packed[f"rig{k}_starts"]
        for offsets, start, stop in zip(packed[f"rig{k}_offsets"], starts[:-1], starts[1:]):
            clips.append(RigClip(rotations=rotations[start:stop], offsets=torch.from_numpy(offsets), **rig))
    return clips


def training_data(folder: Path) -> dict[str, np.ndarray]:
    """The arrays of prepare.py, from train.npz or, where it is missing, from the compact file."""
    if (folder / "train.npz").exists():
        return dict(np.load(folder / "train.npz"))
    return unpack_positions(open_compact(folder))


def training_rotations(folder: Path) -> list[RigClip]:
    """Clips with rotations: of the BVH in train/ or, where that is missing, of the compact file."""
    if (folder / "train").is_dir():
        return list(read_rig_clips(folder / "train"))
    clips = unpack_rotations(open_compact(folder))
    if not clips:
        raise SystemExit(f"{folder / COMPACT_FILE}: it holds no rotations; make it again with --mocap")
    return clips


def open_compact(folder: Path) -> dict[str, np.ndarray]:
    if not (folder / COMPACT_FILE).exists():
        raise SystemExit(f"{folder}: neither captured motion nor {COMPACT_FILE}; make one with prepare.py or compact.py")
    return dict(np.load(folder / COMPACT_FILE))


def strip(checkpoint: Path, out: Path) -> None:
    """The averaged weights, steps and seconds of a checkpoint; without the optimiser, a quarter of the size."""
    state = torch.load(checkpoint, map_location="cpu")
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: state[name] for name in ("average", "seconds", "step")}, out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    pack = tasks.add_parser("pack", help=f"DATA/train.npz -> FOLDER/{COMPACT_FILE}")
    pack.add_argument("data", type=Path)
    pack.add_argument("folder", type=Path)
    pack.add_argument("--mocap", type=Path, help="folder with train/: take the rotations of its BVH along")
    unpack = tasks.add_parser("unpack", help=f"FOLDER/{COMPACT_FILE} -> FOLDER/train.npz")
    unpack.add_argument("folder", type=Path)
    weights = tasks.add_parser("weights", help="a checkpoint without what only --resume needs")
    weights.add_argument("checkpoint", type=Path)
    weights.add_argument("out", type=Path)
    arguments = parser.parse_args()
    if arguments.task == "pack":
        packed = pack_positions(dict(np.load(arguments.data / "train.npz")))
        if arguments.mocap:
            packed |= pack_rotations(read_rig_clips(arguments.mocap / "train"))
        arguments.folder.mkdir(parents=True, exist_ok=True)
        file = arguments.folder / COMPACT_FILE
        np.savez_compressed(file, **packed)
        print(f"{file}: {file.stat().st_size / 1e6:.1f} MB")
    elif arguments.task == "unpack":
        np.savez(arguments.folder / "train.npz", **unpack_positions(open_compact(arguments.folder)))
    else:
        strip(arguments.checkpoint, arguments.out)


if __name__ == "__main__":
    main()
