"""All settings of the training package in one place. Nothing else declares a window length or a joint count."""

from dataclasses import asdict, dataclass, field, replace


@dataclass(frozen=True)
class ModelConfig:
    """Shape of the SynSP++ network (papers: SynSP++, section III; layer sizes from its released code)."""

    window: int = 8  # T, frames
    joints: int = 17  # body-17, Human3.6M order, right leg first
    dims: int = 3  # xyz, metres
    d_model: int = 128
    d_inner: int = 128  # width of the feed-forward layer
    heads: int = 5
    d_head: int = 64  # d_k = d_v
    encoder_layers: int = 5  # per encoder; two encoders with their own weights
    shared_layers: int = 3  # refine decoder, before the two branches part
    local_layers: int = 10  # decoder layers that turn Q_acc into Q_local
    global_layers: int = 5
    pqe_sigma: float = 1e-6  # equation 4

    @property
    def channels(self) -> int:
        return self.joints * self.dims


@dataclass(frozen=True)
class WindowConfig:
    """How windows are cut out of a clip. The engine reads the same numbers from card.json."""

    target_fps: float = 30.0  # frames of a window lie round(fps / target_fps) frames apart
    prefilter_sigma: float = 0.5  # Gaussian low-pass before dilation, in units of the dilation; none at dilation 1
    settle_sigma: float = 0.5  # Gaussian after SWAA where the clip is noisy, in units of the dilation
    pelvis: int = 0
    # Heading: mean over the window of (left - right) hips plus shoulders, horizontal part, turned onto +X.
    left_right: tuple[tuple[int, int], ...] = ((4, 1), (11, 14))


@dataclass(frozen=True)
class NoiseConfig:
    """Estimator-like noise (noise.md): lengths in mm, times in s."""

    joint_weights: tuple[float, ...] = (
        0.5, 0.7, 1.0, 1.5, 0.7, 1.0, 1.5, 0.6, 0.7, 0.9, 1.0, 0.8, 1.3, 1.9, 0.8, 1.3, 1.9,
    )  # fmt: skip
    depth_factor: float = 1.8
    jitter_mm: float = 4.5
    drift_mm: float = 38.0
    drift_pole_s: float = 0.35
    difficulty_pole_s: float = 0.6
    difficulty_global: float = 0.55
    difficulty_part: float = 0.4
    difficulty_correlation: float = 0.3  # between the logarithms of the jitter's and the drift's factor
    miss_rate: float = 1 / 16  # per second and part
    miss_seconds: tuple[float, float] = (0.1, 0.6)
    miss_offset_mm: float = 90.0
    miss_white_mm: float = 35.0
    inversion_rate: float = 0.06  # per second
    inversion_seconds: tuple[float, float] = (0.05, 0.25)
    spike_probability: float = 0.004  # per joint and frame
    spike_mm: float = 150.0


@dataclass(frozen=True)
class LibraryConfig:
    """The prototype library (PVD): cluster means of clean windows."""

    prototypes: int = 8192
    stride_s: float = 1 / 15  # between window starts when the training windows are cut
    kmeans_iterations: int = 8
    min_members: int = 2  # windows per prototype; always from at least two different clips


@dataclass(frozen=True)
class TrainConfig:
    batch: int = 256
    learning_rate: float = 6e-4
    final_learning_rate: float = 1e-5
    warmup_steps: int = 200
    lambda_position: float = 0.0  # weight of the acceleration loss in each of the three outputs
    lambda_acceleration: float = 1.0
    lambda_final: float = 0.5
    gradient_clip: float = 1.0
    pool_windows: int = 40960  # windows generated at a time
    pool_reuse: int = 2  # passes over a pool before it is replaced
    seed: int = 7
    # Share of clips per kind of corruption.
    share_estimator: float = 0.66
    share_white: float = 0.18
    share_rotation: float = 0.10
    # the rest stays clean
    share_other_bodies: float = 0.6  # clips put on a made-up body (proportions.py)
    frame_rates: tuple[float, ...] = (24, 25, 30, 30, 30, 30, 30, 48, 50, 60, 60, 90, 100, 120, 120, 120)


@dataclass(frozen=True)
class SequenceConfig:
    """Shape, data and training of the `posemend` network (model_posemend.py)."""

    window: int = 96  # T, grid frames
    width: int = 192
    heads: int = 4
    dilations_local: tuple[int, ...] = (1, 2, 4, 8)  # one block each; attention in every second
    dilations_global: tuple[int, ...] = (1, 4, 8)
    low_pass: float = 0.8  # cut-off before the grid, in units of its Nyquist frequency
    settle_sigma: float = 0.6  # Gaussian after SWAA where the clip is noisy, in grid steps; chosen on val
    references: int = 8  # k prototypes averaged per short window
    reference_stride: int = 4  # grid frames between short windows
    share_without_references: float = 0.3
    passes: float = 3.0  # chunk frames cut per frame of a noisy clip
    share_other_torso: float = 0.25
    share_reversed: float = 0.3
    share_tilted: float = 0.06
    share_other_bodies: float = 0.55
    share_absent_joints: float = 0.06
    share_gaps: float = 0.15
    frame_rates: tuple[float, ...] = (24, 25, 30, 30, 30, 30, 30, 48, 50, 60, 60, 60, 90, 100, 120, 120, 120)
    batch: int = 32
    learning_rate: float = 1.2e-3
    final_learning_rate: float = 1e-5
    weight_decay: float = 0.03
    warmup_steps: int = 200
    lambda_root: float = 0.2
    lambda_root_acceleration: float = 4.0  # beside the root's place, within lambda_root
    lambda_acceleration: float = 2.0  # acceleration branch
    lambda_final: float = 1.0
    lambda_error: float = 0.1


@dataclass(frozen=True)
class Config:
    model: ModelConfig = field(default_factory=ModelConfig)
    windows: WindowConfig = field(default_factory=WindowConfig)
    noise: NoiseConfig = field(default_factory=NoiseConfig)
    library: LibraryConfig = field(default_factory=LibraryConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    sequence: SequenceConfig = field(default_factory=SequenceConfig)

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class SmoothNetConfig:
    """Shape and training of SmoothNet (smoothnet.py); its window length is an argument of the training."""

    width: int = 512
    inner: int = 128  # narrow middle of a residual block
    blocks: int = 5
    slope: float = 0.2  # LeakyReLU
    dropout: float = 0.1
    batch: int = 16  # chunks per step; each gives 51 channels
    passes: int = 4  # over a set of chunks before a fresh one
    lambda_acceleration: float = 1.0
    learning_rate: float = 1e-3
    final_learning_rate: float = 1e-5
    warmup_steps: int = 100


@dataclass(frozen=True)
class HprConfig:
    """Shape, noise and training of HPR-Net (hpr_net.py). Angles in degrees, times in seconds."""

    window: int = 17  # N, frames of the clip
    channels: int = 24  # of the features h_i
    input_scale: float = 10.0  # brings changes of quaternions near unit size
    sequence: int = 32  # consecutive centres, so that the loss sees accelerations
    steps: tuple[int, ...] = (1, 1, 1, 2, 2, 3, 4, 4, 4, 5)  # every n-th frame of 120 fps
    drift_deg: tuple[float, float] = (1.0, 6.0)
    drift_pole_s: float = 0.3
    jitter_deg: tuple[float, float] = (0.3, 5.0)
    burst_rate: float = 0.15  # per second and node
    burst_seconds: tuple[float, float] = (0.03, 0.3)
    burst_deg: float = 20.0
    share_clean: float = 0.06
    share_jitter_only: float = 0.2
    share_missing: float = 0.2  # batches in which some joints have no rotation of their own
    passes: float = 1.5  # sequence frames cut per frame of a noisy clip
    reuse: int = 3
    batch: int = 32  # sequences per step
    lambda_joint: float = 1.0  # the paper's loss: L1 of joint positions, metres
    lambda_rotation: float = 0.3  # L1 of quaternions
    lambda_smooth: float = 1.0  # L1 of their second differences
    learning_rate: float = 2e-3
    final_learning_rate: float = 1e-5
    warmup_steps: int = 100


@dataclass(frozen=True)
class MixSteConfig:
    """Shape, cameras, detector-like noise and training of MixSTE (mixste.py). Lengths in metres, mm where named so."""

    window: int = 48  # T, grid frames
    width: int = 128
    heads: int = 4
    pairs: int = 4  # spatial and temporal layers in turn
    centre_frames: int = 4  # radius over which the virtual camera's aim is smoothed
    # Cameras. The network never learns the focal length: its rays are those of the assumed one.
    assumed_focal: float = 1.2  # of the picture's longer side
    share_known_focal: float = 0.3
    focal: tuple[float, float] = (0.7, 2.5)  # of the picture's longer side
    distance: tuple[float, float] = (2.0, 8.0)
    pitch_deg: tuple[float, float] = (-15.0, 35.0)  # of the camera above the pelvis
    roll_deg: float = 3.0
    off_centre: float = 0.3  # of the picture's longer side, from its middle to the body
    # Motion.
    speed: tuple[float, float] = (0.7, 1.4)
    share_other_bodies: float = 0.5
    share_other_torso: float = 0.2
    share_reversed: float = 0.3
    share_tilted: float = 0.05
    share_short: float = 0.1  # windows of a clip shorter than T, half of them a single frame
    # Keypoints; mm at the body's distance.
    share_clean: float = 0.1
    noise_level: tuple[float, float] = (0.3, 1.8)
    easy_sets: int = 60  # sets of windows until the noise has its full level
    jitter_mm: float = 7.0
    drift_mm: float = 14.0
    miss_offset_mm: float = 90.0
    miss_white_mm: float = 30.0
    spike_mm: float = 200.0
    share_derived_trunk: float = 0.5  # pelvis, spine, thorax, neck and head as they follow from COCO's keypoints
    share_without_confidence: float = 0.25
    share_absent_joints: float = 0.1
    share_gaps: float = 0.25
    share_thresholded: float = 0.3  # keypoints of low confidence left out
    batch: int = 16
    learning_rate: float = 1e-3
    final_learning_rate: float = 1e-5
    weight_decay: float = 0.03
    warmup_steps: int = 200
    lambda_velocity: float = 1.0  # beside the position's error
    lambda_acceleration: float = 1.0
    lambda_up: float = 0.3


def with_changes(changes: dict) -> Config:
    """The settings with some of SequenceConfig's replaced, or of TrainConfig's where the name begins with "train."."""
    own: dict = {}
    shared: dict = {}
    for name, value in changes.items():
        value = tuple(value) if isinstance(value, list) else value
        (shared if name.startswith("train.") else own)[name.removeprefix("train.")] = value
    base = Config()
    return replace(base, sequence=replace(base.sequence, **own), train=replace(base.train, **shared))
