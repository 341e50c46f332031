"""Folders of BVH clips -> one compact array file per split (git-ignored; it holds captured motion)."""

import argparse
import re
from pathlib import Path

import numpy as np

from bvh import body17


def person_of(folder: str, clip: str) -> str:
    """Who performed a clip. In cmu-native persons are unknown: clips of one series count as one person."""
    if folder == "cmu-native":
        return "native-" + re.sub(r"_?\d+$", "", clip)
    return folder


def prepare(split: Path, out: Path) -> None:
    positions, starts, names, persons = [], [0], [], []
    for path in sorted(split.glob("*/*.bvh")):
        clip, frame_time = body17(path)
        if abs(frame_time - 1 / 120) > 1e-4:
            raise SystemExit(f"{path}: frame time {frame_time}, expected 1/120 s")
        positions.append(clip)
        starts.append(starts[-1] + len(clip))
        names.append(f"{path.parent.name}/{path.stem}")
        persons.append(person_of(path.parent.name, path.stem))
    np.savez(
        out, positions=np.concatenate(positions), starts=np.array(starts), names=np.array(names), persons=np.array(persons)
    )
    print(f"{out}: {len(names)} clips, {starts[-1]} frames, {len(set(persons))} persons")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mocap", type=Path, help="folder with train/, val/, test/")
    parser.add_argument("out", type=Path, help="folder for train.npz, val.npz, test.npz")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "val", "test"):
        prepare(arguments.mocap / split, arguments.out / f"{split}.npz")
