"""Reads BVH motion into body-17 positions. Only what training needs; the product's own reader is in motion/formats."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

METRES_PER_CENTIMETRE = 0.01

# Weighted nodes of each body-17 joint, per skeleton of the training data; "<joint>.end" is an end site.
DAZ_JOINTS = [
    ["hip"], ["rThigh"], ["rShin"], ["rFoot"], ["lThigh"], ["lShin"], ["lFoot"], ["abdomen"], ["neck"], ["head"],
    ["leftEye", "rightEye"], ["lShldr"], ["lForeArm"], ["lHand"], ["rShldr"], ["rForeArm"], ["rHand"],
]  # fmt: skip
NATIVE_JOINTS = [
    ["Hips"], ["RightUpLeg"], ["RightLeg"], ["RightFoot"], ["LeftUpLeg"], ["LeftLeg"], ["LeftFoot"], ["Spine"],
    ["Neck"], ["Neck1"], ["Head.end"], ["LeftArm"], ["LeftForeArm"], ["LeftHand"], ["RightArm"], ["RightForeArm"],
    ["RightHand"],
]  # fmt: skip


@dataclass
class Bvh:
    names: list[str]
    parents: list[int]
    offsets: np.ndarray  # (joints, 3), file units
    channels: list[list[str]]
    values: np.ndarray  # (frames, channels), file units and degrees
    frame_time: float  # s


def read_bvh(path: Path) -> Bvh:
    text = path.read_text()
    head, _, motion = text.partition("MOTION")
    names, parents, offsets, channels = [], [], [], []
    stack: list[int] = []
    for line in head.splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] in ("ROOT", "JOINT", "End"):
            parent = stack[-1] if stack else -1
            names.append(names[parent] + ".end" if words[0] == "End" else words[1])
            parents.append(parent)
            offsets.append([0.0, 0.0, 0.0])
            channels.append([])
            stack.append(len(names) - 1)
        elif words[0] == "OFFSET":
            offsets[stack[-1]] = [float(word) for word in words[1:4]]
        elif words[0] == "CHANNELS":
            channels[stack[-1]] = words[2 : 2 + int(words[1])]
        elif words[0] == "}":
            stack.pop()
    lines = motion.strip().splitlines()
    frame_time = float(lines[1].split()[-1])
    width = sum(len(names) for names in channels)
    values = np.array(" ".join(lines[2:]).split(), dtype=np.float64).reshape(-1, width)
    return Bvh(names, parents, np.array(offsets), channels, values, frame_time)


def axis_rotation(axis: str, degrees: np.ndarray) -> np.ndarray:
    """(frames,) -> (frames, 3, 3)."""
    angle = np.radians(degrees)
    c, s = np.cos(angle), np.sin(angle)
    matrix = np.zeros((len(angle), 3, 3))
    a, b = {"X": (1, 2), "Y": (2, 0), "Z": (0, 1)}[axis]
    k = "XYZ".index(axis)
    matrix[:, k, k] = 1
    matrix[:, a, a] = matrix[:, b, b] = c
    matrix[:, a, b], matrix[:, b, a] = -s, s
    return matrix


def world_positions(bvh: Bvh) -> dict[str, np.ndarray]:
    """Node name -> (frames, 3), file units. A position channel replaces the offset, as in Blender."""
    frames = len(bvh.values)
    rotations: list[np.ndarray] = []
    positions: list[np.ndarray] = []
    column = 0
    for joint, parent in enumerate(bvh.parents):
        local = np.tile(np.eye(3), (frames, 1, 1))
        translation = np.tile(bvh.offsets[joint], (frames, 1))
        for channel in bvh.channels[joint]:
            axis = channel[0].upper()
            if channel.lower().endswith("position"):
                translation[:, "XYZ".index(axis)] = bvh.values[:, column]
            else:
                local = local @ axis_rotation(axis, bvh.values[:, column])
            column += 1
        if parent < 0:
            positions.append(translation)
            rotations.append(local)
        else:
            positions.append(positions[parent] + np.einsum("fij,fj->fi", rotations[parent], translation))
            rotations.append(rotations[parent] @ local)
    return dict(zip(bvh.names, positions))


def body17(path: Path) -> tuple[np.ndarray, float]:
    """Body-17 positions, metres, (frames, 17, 3) float32, and the frame time. A leading T-pose frame is dropped."""
    bvh = read_bvh(path)
    nodes = world_positions(bvh)
    daz = "rThigh" in nodes
    joints = DAZ_JOINTS if daz else NATIVE_JOINTS
    stacked = np.stack([np.mean([nodes[name] for name in names], axis=0) for names in joints], axis=1)
    if daz:
        stacked = stacked[1:]
    return (stacked * METRES_PER_CENTIMETRE).astype(np.float32), bvh.frame_time
