"""Frames a second of SynSP++ in PyTorch: forward passes of 256 windows at stride 1, random weights, on the CPU.

    python3 bench/synsp_pytorch_speed.py [--threads 2] [--seconds 10]

Prints one number.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "native-model" / "training"))
try:
    import torch
except ImportError:
    sys.exit("PyTorch is not installed for this Python; PYTHON names another")
from config import ModelConfig
from model import SynSpPlusPlus

BATCH = 256
WARM_UP = 5

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seconds", type=float, default=10)
args = parser.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(1)
config = ModelConfig()
model = SynSpPlusPlus(config).eval()
window = torch.randn(BATCH, config.window, config.channels)
inputs = (window, window + 0.01, torch.rand(BATCH, 1), torch.ones(BATCH, 2))
with torch.inference_mode():
    for _ in range(WARM_UP):
        model(*inputs)
    begin, passes = time.perf_counter(), 0
    while time.perf_counter() - begin < args.seconds:
        model(*inputs)
        passes += 1
# At stride 1 every frame begins a window.
print(passes * BATCH / (time.perf_counter() - begin))
