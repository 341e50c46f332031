"""A made-up BVH rig with the node names of the captured ones. No captured motion."""

import numpy as np

# name, parent, offset in centimetres; "End Site" where the name ends in .end
NODES = [
    ("Hips", -1, (0, 0, 0)), ("RightUpLeg", 0, (-9, 0, 0)), ("RightLeg", 1, (0, -42, 0)), ("RightFoot", 2, (0, -40, 0)),
    ("LeftUpLeg", 0, (9, 0, 0)), ("LeftLeg", 4, (0, -42, 0)), ("LeftFoot", 5, (0, -40, 0)), ("Spine", 0, (0, 20, 0)),
    ("Neck", 7, (0, 28, 0)), ("Neck1", 8, (0, 6, 1)), ("Head", 9, (0, 6, 1)), ("Head.end", 10, (0, 14, 2)),
    ("LeftArm", 7, (17, 22, 0)), ("LeftForeArm", 12, (0, -28, 0)), ("LeftHand", 13, (0, -25, 0)),
    ("LeftThumb", 14, (0, -5, 3)), ("RightArm", 7, (-17, 22, 0)), ("RightForeArm", 16, (0, -28, 0)),
    ("RightHand", 17, (0, -25, 0)),
]  # fmt: skip


def bvh_text(frames: int, seed: int = 0) -> str:
    """A take of 120 fps in which every joint swings by tens of degrees."""
    rng = np.random.default_rng(seed)

    def node(index: int, depth: int) -> list[str]:
        name, _, offset = NODES[index]
        pad = "  " * depth
        if name.endswith(".end"):
            return [f"{pad}End Site", pad + "{", f"{pad}  OFFSET {offset[0]} {offset[1]} {offset[2]}", pad + "}"]
        channels = "3 Zrotation Xrotation Yrotation"
        if index == 0:
            channels = "6 Xposition Yposition Zposition Zrotation Yrotation Xrotation"
        lines = [f"{pad}{'ROOT' if index == 0 else 'JOINT'} {name}", pad + "{"]
        lines += [f"{pad}  OFFSET {offset[0]} {offset[1]} {offset[2]}", f"{pad}  CHANNELS {channels}"]
        for child, (_, parent, _) in enumerate(NODES):
            if parent == index:
                lines += node(child, depth + 1)
        return [*lines, pad + "}"]

    turning = sum(not name.endswith(".end") for name, _, _ in NODES)
    phase, pace = rng.uniform(0, 6, (1, turning * 3)), rng.uniform(2, 6, (1, turning * 3))
    angles = 40 * np.sin(phase + pace * np.arange(frames)[:, None] / 120)
    angles[:, 0] += 3 * np.arange(frames)  # the root turns on and on
    place = np.stack([np.arange(frames), 95 + 0 * np.arange(frames), np.zeros(frames)], 1)
    rows = np.concatenate([place, angles], 1)
    motion = [f"Frames: {frames}", f"Frame Time: {1 / 120:.9f}", *(" ".join(f"{value:.6f}" for value in row) for row in rows)]
    return "\n".join(["HIERARCHY", *node(0, 0), "MOTION", *motion]) + "\n"
